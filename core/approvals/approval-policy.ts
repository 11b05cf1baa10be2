import { z } from 'zod'

/** Whoever names this role puts a step before the review board: its members, or the board in a meeting. */
export const BOARD_ROLE = 'board_member'

const Role = z.string().min(1).max(40)
const Hours = z
  .int()
  .min(1)
  .max(24 * 90)

/** Who may decide a step: anybody with one of the roles, the persons named, the leads of the team it concerns. */
export const Approvers = z
  .strictObject({
    roles: z.array(Role).max(11).default([]),
    personIds: z.array(z.uuid()).max(50).default([]),
    teamLeads: z.boolean().default(false),
  })
  .refine(
    ({ roles, personIds, teamLeads }) => roles.length + personIds.length > 0 || teamLeads,
    'name at least one role, person, or the leads of the team',
  )
export type Approvers = z.infer<typeof Approvers>

/** How many have to approve: one, all who may, or a number. One rejection rejects. */
export const Quorum = z.union([z.literal('any'), z.literal('all'), z.int().min(1).max(20)])
export type Quorum = z.infer<typeof Quorum>

export const ApprovalStep = z.strictObject({
  name: z.string().trim().min(1).max(80),
  approvers: Approvers,
  quorum: Quorum.default('any'),
  /** Nobody decides it alone: a decision of the review board, in a meeting, does. */
  inMeeting: z.boolean().default(false),
  /** After so many hours without a decision, `escalateTo` may decide as well. */
  escalateAfterHours: Hours.nullable().default(null),
  escalateTo: Approvers.nullable().default(null),
})
export type ApprovalStep = z.infer<typeof ApprovalStep>

/** How requests of one kind are decided: steps in order, and when silence rejects. */
export const ApprovalPolicy = z
  .strictObject({
    steps: z.array(ApprovalStep).min(1).max(5),
    /** A request that is not decided by then is expired, which is no approval. */
    expiresAfterHours: Hours.default(24 * 14),
    /** Whoever has the permission to decide such things alone may do them without a request; kinds that know no such way ignore it. */
    direct: z.boolean().default(false),
  })
  .refine(
    ({ steps }) => steps.every(step => (step.escalateAfterHours === null) === (step.escalateTo === null)),
    'a step that escalates says after how long and to whom',
  )
  .refine(
    ({ steps }) => steps.every(step => !step.inMeeting || step.approvers.roles.includes(BOARD_ROLE)),
    'a step that is decided in a meeting names the role board_member',
  )
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>

/** Whether the review board may decide a step by a decision of its own. */
export function isBeforeBoard(step: ApprovalStep, escalated: boolean): boolean {
  const groups = [step.approvers, ...(escalated && step.escalateTo ? [step.escalateTo] : [])]
  return groups.some(({ roles }) => roles.includes(BOARD_ROLE))
}
