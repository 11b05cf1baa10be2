import { z } from 'zod'
import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const APPROVAL_STATES = ['pending', 'approved', 'rejected', 'withdrawn', 'expired', 'voided'] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]
export const RISKS = ['low', 'medium', 'high'] as const

const Moment = z.iso.datetime()
const Reason = z.string().trim().max(1_000)
const Needed = (what: string) => z.string().trim().min(1, what).max(1_000)

export const ApproveInput = z.strictObject({
  id: z.uuid(),
  reason: Reason.default(''),
  /** What must hold, kept with the decision. */
  conditions: z.array(z.string().trim().min(1).max(300)).max(10).default([]),
  /** The digest that was read; when given, anything else is not approved. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

export const RejectInput = z.strictObject({
  id: z.uuid(),
  reason: Needed('why not, for whoever asked'),
})

export const WithdrawInput = z.strictObject({ id: z.uuid(), reason: Reason.default('') })

export const CommentInput = z.strictObject({
  id: z.uuid(),
  /** A question goes to the requester as a notice. */
  kind: z.enum(['comment', 'question']).default('comment'),
  text: Needed('what you want to say'),
})

export const ExtendInput = z.strictObject({
  id: z.uuid(),
  hours: z
    .int()
    .min(1)
    .max(24 * 30),
  reason: Needed('why there has to be more time'),
})

export const SetPolicyInput = z.strictObject({
  kind: z.string(),
  policy: ApprovalPolicy,
  reason: Needed('why it is decided differently from now on'),
})

export const DelegateInput = z.strictObject({
  /** Who stands in. */
  toId: z.uuid(),
  /** Whose decisions; oneself unless told, for which one needs approvals.manage. */
  fromId: z.uuid().optional(),
  kinds: z.array(z.string()).max(20).default([]),
  startsAt: Moment.optional(),
  endsAt: Moment,
  reason: Reason.default(''),
})

export const EndDelegationInput = z.strictObject({ id: z.uuid() })

export const ListApprovalsQuery = PageQuery.extend({
  /** What waits for me, what I asked for, what I decided, or all that I may see. */
  view: z.enum(['waiting', 'asked', 'decided', 'all']).default('waiting'),
  kind: z.string().max(60).optional(),
  state: z.enum(APPROVAL_STATES).optional(),
  search: z.string().max(100).optional(),
})

export const WhoDecidesQuery = z.strictObject({
  /** Whose leads a step of team leads means. */
  teamId: z.uuid().optional(),
  /** Who would ask, and so decide nothing of it. */
  requesterId: z.uuid().optional(),
})

export const InsightQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(90) })
