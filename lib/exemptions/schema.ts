import { z } from 'zod'
import { EXEMPTION_KINDS, EXEMPTION_SUBJECTS } from '#core/exemptions/exemption.ts'
import { ExemptionPolicy } from '#core/exemptions/exemption-policy.ts'
import { EXEMPTION_STATES } from '#core/exemptions/exemption-state.ts'
import { Moment } from '#core/moment.ts'
import { UsdAmount } from '#core/money.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const RISK_METHODS = ['qualitative', 'likelihood_impact', 'quantitative'] as const
export const RISK_RATINGS = ['low', 'medium', 'high', 'critical'] as const

const Text = (most: number) => z.string().trim().min(1).max(most)
const Ids = z.array(z.uuid()).max(50).default([])
const At = z.iso.datetime()

export const Subject = z.strictObject({
  kind: z.enum(EXEMPTION_SUBJECTS),
  /** Id of the team, person or key; or the name that callers send. */
  target: Text(128),
  /** Of a name: the team whose keys may use it. */
  teamId: z.uuid().nullable().default(null),
})

export const RequestExemptionInput = z.strictObject({
  title: Text(120),
  kind: z.enum(EXEMPTION_KINDS),
  subject: Subject,
  /** Models that may be called, or may see the tier. */
  modelIds: Ids,
  /** Providers whose models may see the tier. */
  providerIds: Ids,
  /** Budgets that do not refuse. */
  budgetIds: Ids,
  /** Guardrails that count and do nothing. */
  guardrailIds: Ids,
  /** Tools, by name: recorded, enforced by nothing yet. */
  tools: z.array(Text(120)).max(50).default([]),
  /** For kind tier the tier that may be sent; for others the most sensitive one that is covered. */
  tier: Text(60).nullable().default(null),
  justification: Text(2_000),
  risk: z.strictObject({ method: z.enum(RISK_METHODS), rating: z.enum(RISK_RATINGS), text: Text(2_000) }),
  /** What makes up for the rule that does not hold. */
  controls: z.array(Text(300)).max(20).default([]),
  /** The most that its calls may cost in all. */
  spendCapUsd: UsdAmount.nullable().default(null),
  /** The most calls that it lets on. */
  requestCap: z.int().min(1).max(100_000_000).nullable().default(null),
  /** What somebody has to vouch for, by a day or at any time. */
  attestations: z
    .array(z.strictObject({ text: Text(300), dueAt: Moment.nullable().default(null) }))
    .max(20)
    .default([]),
  /** Null: from its approval. */
  startsAt: Moment.nullable().default(null),
  endsAt: Moment,
  /** Who answers for it; whoever asks unless told. */
  ownerId: z.uuid().optional(),
})

const Reason = (why: string) => z.string().trim().min(1, why).max(500)

export const RevokeExemptionInput = z.strictObject({ id: z.uuid(), reason: Reason('why it ends before its time') })
export const ExtendExemptionInput = z.strictObject({
  id: z.uuid(),
  endsAt: Moment,
  reason: Reason('why there has to be more time'),
})
export const AttestConditionInput = z.strictObject({
  id: z.uuid(),
  attestationId: z.uuid(),
  note: Reason('how you know that it holds'),
})
export const SetExemptionPolicyInput = z.strictObject({
  policy: ExemptionPolicy,
  reason: Reason('why exemptions may last otherwise from now on'),
})

export const EXEMPTION_VIEWS = ['open', 'overdue', 'due', 'expired', 'revoked', 'all'] as const
export type ExemptionView = (typeof EXEMPTION_VIEWS)[number]

export const ListExemptionsQuery = PageQuery.extend({
  /** open: asked for or in force; overdue: something to be vouched for is late; due: ends within 7 days. */
  view: z.enum(EXEMPTION_VIEWS).default('open'),
  kind: z.enum(EXEMPTION_KINDS).optional(),
  teamId: z.uuid().optional(),
  search: z.string().trim().max(100).optional(),
})
export type ListExemptionsQuery = z.output<typeof ListExemptionsQuery>

const Named = z.strictObject({ id: z.string(), name: z.string() })

export const AttestationDto = z.strictObject({
  id: z.uuid(),
  text: z.string(),
  dueAt: At.nullable(),
  attestedAt: At.nullable(),
  attestedBy: z.string().nullable(),
  note: z.string().nullable(),
})
export type AttestationDto = z.infer<typeof AttestationDto>

export const ExemptionDto = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  kind: z.enum(EXEMPTION_KINDS),
  state: z.enum(EXEMPTION_STATES),
  subject: z.strictObject({ kind: z.enum(EXEMPTION_SUBJECTS), target: z.string(), name: z.string() }),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  requesterName: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  riskRating: z.enum(RISK_RATINGS),
  startsAt: At.nullable(),
  endsAt: At,
  /** The first thing to be vouched for that is not; null: none by a day. */
  attentionAt: At.nullable(),
  overdue: z.boolean(),
  extensions: z.int(),
  spendCapUsd: z.string().nullable(),
  requestCap: z.int().nullable(),
  calls: z.int(),
  spentUsd: z.string(),
  approvalId: z.uuid().nullable(),
  version: z.int(),
  createdAt: At,
})
export type ExemptionDto = z.infer<typeof ExemptionDto>

export const ExemptionDetailDto = ExemptionDto.extend({
  models: z.array(Named),
  providers: z.array(Named),
  budgets: z.array(Named),
  guardrails: z.array(Named),
  tools: z.array(z.string()),
  tier: z.string().nullable(),
  justification: z.string(),
  riskMethod: z.enum(RISK_METHODS),
  riskText: z.string(),
  controls: z.array(z.string()),
  attestations: z.array(AttestationDto),
  /** Calls that its spend cap had no room for. */
  refusedCalls: z.int(),
  lastUsedAt: At.nullable(),
  daily: z.array(z.strictObject({ day: z.string(), calls: z.int(), costUsd: z.string() })),
  approvedAt: At.nullable(),
  approvedBy: z.string().nullable(),
  endedAt: At.nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string().nullable(),
  /** More time that waits for a decision. */
  pendingApprovalId: z.uuid().nullable(),
  requesterId: z.uuid().nullable(),
})
export type ExemptionDetailDto = z.infer<typeof ExemptionDetailDto>

export const ExemptionPolicyDto = z.strictObject({
  /** 0: as it comes with Gatehouse. */
  version: z.int(),
  policy: ExemptionPolicy,
})
export type ExemptionPolicyDto = z.infer<typeof ExemptionPolicyDto>

const Count = z.int()
export const ExemptionFiguresQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30),
})
export const ExemptionFiguresDto = z.strictObject({
  counts: z.strictObject({ open: Count, overdue: Count, due: Count, expired: Count, revoked: Count, all: Count }),
  /** The last twelve months, the oldest first. */
  trend: z.array(z.strictObject({ month: z.string(), granted: Count, ended: Count, open: Count })),
  compliance: z.strictObject({
    days: Count,
    /** Calls with a key of the organization, and those that a rule refused. */
    requests: Count,
    refused: Count,
    /** Calls that were let on because of an exemption. */
    exempted: Count,
    /** Share of calls that kept to the rules, exempted ones counted as if they did; null without calls. */
    withExemptions: z.number().nullable(),
    /** The same, exempted ones counted as breaking them. */
    withoutExemptions: z.number().nullable(),
  }),
})
export type ExemptionFiguresDto = z.infer<typeof ExemptionFiguresDto>
