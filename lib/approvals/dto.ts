import { z } from 'zod'
import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { APPROVAL_STATES, RISKS } from './schema.ts'

const Moment = z.iso.datetime()

const Decider = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  /** Whose voices they give, their own first where it is among several; empty: for themselves alone. */
  onBehalfOf: z.array(z.string()),
})

const Line = z.strictObject({ label: z.string(), before: z.string().nullable(), after: z.string() })

export const ApprovalDto = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  kindTitle: z.string(),
  title: z.string(),
  reason: z.string(),
  requesterId: z.uuid().nullable(),
  requesterName: z.string(),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  risk: z.enum(RISKS),
  rule: z.string(),
  lines: z.array(Line),
  digest: z.string(),
  /** The page of what it concerns. */
  subjectHref: z.string().nullable(),
  state: z.enum(APPROVAL_STATES),
  stepName: z.string(),
  step: z.int(),
  steps: z.int(),
  /** Approvals that the step has and needs. */
  approvals: z.int(),
  approvalsNeeded: z.int(),
  /** Whether the caller may decide it now. */
  mine: z.boolean(),
  /** What an approval has to give a reason for; null: it needs none. */
  approvalAsks: z.string().nullable(),
  escalatedAt: Moment.nullable(),
  expiresAt: Moment,
  createdAt: Moment,
  decidedAt: Moment.nullable(),
  outcome: z.string().nullable(),
  conditions: z.array(z.string()),
})
export type ApprovalDto = z.infer<typeof ApprovalDto>

export const ApprovalDetailDto = ApprovalDto.extend({
  snapshot: z.unknown(),
  policyVersion: z.int(),
  deciders: z.array(Decider),
  /** Null once it is decided, and where the review board decides in a meeting. */
  stillNeeded: z
    .strictObject({
      approvals: z.int(),
      /** Where all have to approve, those whose voice is missing; else those whose approval would count. */
      names: z.array(z.string()),
      /** Whether those who may decide now are enough. */
      attainable: z.boolean(),
    })
    .nullable(),
  votes: z.array(
    z.strictObject({
      step: z.int(),
      stepName: z.string(),
      voterName: z.string(),
      onBehalfOf: z.array(z.string()),
      vote: z.enum(['approve', 'reject']),
      reason: z.string(),
      at: Moment,
    }),
  ),
  comments: z.array(
    z.strictObject({
      id: z.uuid(),
      authorName: z.string(),
      kind: z.enum(['comment', 'question']),
      text: z.string(),
      at: Moment,
    }),
  ),
  /** Decided requests of the same rule, newest first: what was said the last times. */
  similar: z.array(
    z.strictObject({ id: z.uuid(), title: z.string(), state: z.enum(APPROVAL_STATES), decidedAt: Moment.nullable() }),
  ),
  result: z.strictObject({ kind: z.string(), id: z.string(), name: z.string(), href: z.string() }).nullable(),
})
export type ApprovalDetailDto = z.infer<typeof ApprovalDetailDto>

export const ApprovalPolicyDto = z.strictObject({
  kind: z.string(),
  kindTitle: z.string(),
  /** 0: as it comes with Gatehouse. */
  version: z.int(),
  policy: ApprovalPolicy,
  /** Who may do such things without a request while `direct` is set; null: nobody ever. */
  directWay: z.string().nullable(),
  reason: z.string().nullable(),
  authorName: z.string().nullable(),
  createdAt: Moment.nullable(),
})
export type ApprovalPolicyDto = z.infer<typeof ApprovalPolicyDto>

const Change = z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })

/** A version of how a kind is decided, with what it changed of the one before. */
export const ApprovalPolicyVersionDto = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  policy: ApprovalPolicy,
  changes: z.array(Change),
  reason: z.string(),
  authorName: z.string(),
  createdAt: Moment,
})
export type ApprovalPolicyVersionDto = z.infer<typeof ApprovalPolicyVersionDto>

/** Who could decide each step of a request of a kind, were it made now. */
export const WhoDecidesDto = z.strictObject({
  kind: z.string(),
  version: z.int(),
  steps: z.array(
    z.strictObject({
      name: z.string(),
      approvalsNeeded: z.int(),
      deciders: z.array(Decider),
      /** Nobody whom the step names could decide, so administrators would. */
      isFallback: z.boolean(),
      /** Further persons once it escalates; null where it does not. */
      escalation: z.strictObject({ afterHours: z.int(), deciders: z.array(Decider) }).nullable(),
    }),
  ),
})
export type WhoDecidesDto = z.infer<typeof WhoDecidesDto>

export const DelegationDto = z.strictObject({
  id: z.uuid(),
  fromId: z.uuid(),
  fromName: z.string(),
  toId: z.uuid(),
  toName: z.string(),
  kinds: z.array(z.string()),
  reason: z.string(),
  startsAt: Moment,
  endsAt: Moment,
  endedAt: Moment.nullable(),
})
export type DelegationDto = z.infer<typeof DelegationDto>

export const ApprovalInsightDto = z.strictObject({
  days: z.int(),
  pending: z.int(),
  oldestPendingAt: Moment.nullable(),
  decided: z.int(),
  medianHours: z.number().nullable(),
  p95Hours: z.number().nullable(),
  /** Each week of the period, oldest first; the last is not over. */
  byWeek: z.array(
    z.strictObject({
      /** Monday, 0:00 UTC. */
      startsAt: Moment,
      approved: z.int(),
      rejected: z.int(),
      unanswered: z.int(),
      medianHours: z.number().nullable(),
      p95Hours: z.number().nullable(),
      /** How many waited at its end, or wait now. */
      depth: z.int(),
    }),
  ),
  /** Those who voted, by how often. */
  byDecider: z.array(
    z.strictObject({
      name: z.string(),
      approvals: z.int(),
      rejections: z.int(),
      medianHours: z.number().nullable(),
      /** Approvals within ten seconds of the step being opened. */
      unread: z.int(),
    }),
  ),
  /** Each rule with what came of its requests; one that is always approved could decide by itself. */
  byRule: z.array(
    z.strictObject({
      kindTitle: z.string(),
      rule: z.string(),
      approved: z.int(),
      rejected: z.int(),
      unanswered: z.int(),
      medianHours: z.number().nullable(),
      /** Approved within ten seconds of being opened by the one vote it needed. */
      unread: z.int(),
    }),
  ),
})
export type ApprovalInsightDto = z.infer<typeof ApprovalInsightDto>
