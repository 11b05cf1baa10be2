import { z } from 'zod'
import { TimeZone } from '#core/budgets/budget.ts'

export const BOARD_ROLES = ['chair', 'secretary', 'member'] as const
export type BoardRole = (typeof BOARD_ROLES)[number]

/** How many of the votes for and against a motion needs to be carried; abstentions count as neither. */
export const VOTING_RULES = ['simple_majority', 'two_thirds', 'unanimous'] as const
export type VotingRule = (typeof VOTING_RULES)[number]

/** How many voting members have to be present: more than half, at least a fraction of them, or a number. */
export const QuorumRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('majority') }),
  z
    .strictObject({
      kind: z.literal('fraction'),
      numerator: z.int().min(1).max(20),
      denominator: z.int().min(1).max(20),
    })
    .refine(({ numerator, denominator }) => numerator <= denominator, 'no more than all of them'),
  z.strictObject({ kind: z.literal('number'), members: z.int().min(1).max(50) }),
])
export type QuorumRule = z.infer<typeof QuorumRule>

export const CADENCES = ['week', 'two_weeks', 'month', 'quarter'] as const

/** When the board meets: a weekday and a wall-clock time in its zone; for months and quarters, which such weekday. */
export const Cadence = z.strictObject({
  every: z.enum(CADENCES),
  /** Monday 0 to Sunday 6. */
  weekday: z.int().min(0).max(6),
  /** The first to the fourth such weekday of the month, or of the quarter's first month. */
  week: z.int().min(1).max(4).default(1),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 14:00'),
  timeZone: TimeZone.default('UTC'),
  minutes: z.int().min(15).max(480).default(60),
})
export type Cadence = z.infer<typeof Cadence>

/** Somebody who sits on the board, as the charter names them. */
export const Seat = z.strictObject({
  personId: z.uuid(),
  name: z.string(),
  role: z.enum(BOARD_ROLES),
  /** A seat without a vote neither votes nor counts towards the quorum. */
  votes: z.boolean(),
})
export type Seat = z.infer<typeof Seat>
