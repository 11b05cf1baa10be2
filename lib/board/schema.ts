import { z } from 'zod'
import { BOARD_ROLES, Cadence, QuorumRule, VOTING_RULES } from '#core/board/charter.ts'
import { BOARD_VOTES } from '#core/board/tally.ts'
import { TimeZone } from '#core/budgets/budget.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Moment = z.iso.datetime()
const Reason = z.string().trim().max(500)
const Needed = (what: string, most = 1_000) => z.string().trim().min(1, what).max(most)
const Title = z.string().trim().min(1).max(160)

export const MEETING_STATES = ['scheduled', 'in_session', 'held', 'cancelled'] as const
export type MeetingState = (typeof MEETING_STATES)[number]
export const MINUTES_STATES = ['none', 'draft', 'circulated', 'approved'] as const
export type MinutesState = (typeof MINUTES_STATES)[number]
export const ITEM_KINDS = ['request', 'proposal', 'review', 'action', 'minutes'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]
export const ITEM_STATES = [
  'open',
  'current',
  'voting',
  'decided',
  'discussed',
  'deferred',
  'withdrawn',
  'overtaken',
] as const
export type ItemState = (typeof ITEM_STATES)[number]
export const OUTCOMES = ['carried', 'not_carried'] as const
export type BoardOutcome = (typeof OUTCOMES)[number]
export const ACTION_ITEM_STATES = ['open', 'done', 'cancelled'] as const
export type ActionItemState = (typeof ACTION_ITEM_STATES)[number]

export const SetCharterInput = z.strictObject({
  name: Title,
  purpose: Needed('what the board is for', 5_000),
  votingRule: z.enum(VOTING_RULES),
  quorum: QuorumRule,
  cadence: Cadence,
  reason: Reason.default(''),
})

export const AppointMemberInput = z.strictObject({
  personId: z.uuid(),
  role: z.enum(BOARD_ROLES).default('member'),
  votes: z.boolean().default(true),
  startsAt: Moment.optional(),
  /** The end of the term; without one it has none. */
  endsAt: Moment.nullable().default(null),
  reason: Reason.default(''),
})

export const ChangeMemberInput = z.strictObject({
  id: z.uuid(),
  role: z.enum(BOARD_ROLES).optional(),
  votes: z.boolean().optional(),
  endsAt: Moment.nullable().optional(),
  reason: Needed('why the seat changes', 500),
})

export const ListMeetingsQuery = PageQuery.extend({ state: z.enum(MEETING_STATES).optional() })

export const ScheduleMeetingInput = z.strictObject({
  title: Title.optional(),
  /** The next occasion of the charter's cadence unless told. */
  startsAt: Moment.optional(),
  minutes: z.int().min(15).max(480).optional(),
  timeZone: TimeZone.optional(),
  location: z.string().trim().max(300).default(''),
})

export const ChangeMeetingInput = z.strictObject({
  id: z.uuid(),
  title: Title.optional(),
  startsAt: Moment.optional(),
  minutes: z.int().min(15).max(480).optional(),
  timeZone: TimeZone.optional(),
  location: z.string().trim().max(300).optional(),
  reason: Reason.default(''),
})

export const CancelMeetingInput = z.strictObject({ id: z.uuid(), reason: Needed('why it does not take place', 500) })

export const MeetingInput = z.strictObject({ id: z.uuid() })

export const AddItemInput = z.strictObject({
  /** The meeting. */
  id: z.uuid(),
  title: Title,
  background: z.string().trim().max(10_000).default(''),
  /** The question that is put to the vote; made of the title unless told. */
  motion: z.string().trim().max(500).default(''),
  options: z.array(z.string().trim().min(1).max(200)).max(10).default([]),
})

export const ChangeItemInput = z.strictObject({
  /** The item. */
  id: z.uuid(),
  title: Title.optional(),
  background: z.string().trim().max(10_000).optional(),
  motion: Needed('the question to vote on', 500).optional(),
  options: z.array(z.string().trim().min(1).max(200)).max(10).optional(),
  /** What was said, for the minutes. */
  notes: z.string().trim().max(10_000).optional(),
})

export const MoveItemInput = z.strictObject({ id: z.uuid(), to: z.int().min(1).max(200) })

export const EndItemInput = z.strictObject({
  id: z.uuid(),
  /** Deferred items come up again at the next meeting; withdrawn ones do not. */
  as: z.enum(['deferred', 'withdrawn', 'discussed']),
  reason: Reason.default(''),
})

export const AttendInput = z.strictObject({
  /** The meeting. */
  id: z.uuid(),
  /** Oneself unless told; others are recorded by the secretary. */
  personId: z.uuid().optional(),
  present: z.boolean(),
})

export const PutItemInput = z.strictObject({ id: z.uuid() })

export const VoteInput = z.strictObject({
  /** The item. */
  id: z.uuid(),
  vote: z.enum(BOARD_VOTES),
  reason: z.string().trim().max(1_000).default(''),
  /** Oneself unless told; others are recorded by the secretary. */
  personId: z.uuid().optional(),
})

const Condition = z.strictObject({
  text: Needed('what must hold', 300),
  ownerId: z.uuid('Choose who sees to it.'),
  dueAt: Moment,
})

export const DecideItemInput = z.strictObject({
  /** The item. */
  id: z.uuid(),
  rationale: Needed('why the board decided so', 5_000),
  dissent: z.string().trim().max(5_000).default(''),
  conditions: z.array(Condition).max(10).default([]),
  effectiveFrom: Moment.optional(),
  reviewBy: Moment.nullable().default(null),
  supersedesId: z.uuid().nullable().default(null),
})

export const EditMinutesInput = z.strictObject({
  id: z.uuid(),
  text: Needed('the minutes', 100_000),
  reason: Reason.default(''),
})

export const ApproveMinutesInput = z.strictObject({
  id: z.uuid(),
  /** SHA-256 of the text that was read. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
})

export const CommentOnMinutesInput = z.strictObject({ id: z.uuid(), text: Needed('what you want to say') })

export const ListDecisionsQuery = PageQuery.extend({
  search: z.string().max(100).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  year: z.coerce.number().int().min(2000).max(2200).optional(),
  kind: z.enum(ITEM_KINDS).optional(),
  /** Those in force: carried, not superseded. */
  inForce: z.enum(['yes', 'no']).optional(),
})
export type ListDecisionsQuery = z.output<typeof ListDecisionsQuery>

export const ListActionItemsQuery = PageQuery.extend({
  state: z.enum(ACTION_ITEM_STATES).optional(),
  due: z.enum(['overdue', 'soon']).optional(),
  ownerId: z.uuid().optional(),
})

export const AddActionItemInput = z.strictObject({
  meetingId: z.uuid(),
  text: Needed('what has to be done', 300),
  ownerId: z.uuid(),
  dueAt: Moment,
})

export const CloseActionItemInput = z.strictObject({
  id: z.uuid(),
  as: z.enum(['done', 'cancelled']).default('done'),
  evidence: Needed('what shows that it is done, or why it is not needed any more', 2_000),
})

export const ChangeActionItemInput = z.strictObject({
  id: z.uuid(),
  ownerId: z.uuid().optional(),
  dueAt: Moment.optional(),
  reason: Needed('why it changes', 500),
})

export const CalendarLinkInput = z.strictObject({})
