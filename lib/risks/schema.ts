import { z } from 'zod'
import { Moment } from '#core/moment.ts'
import { RISK_CATEGORIES, RISK_LEVELS, RISK_TREATMENTS } from '#core/risks/risk.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const CONTROL_KINDS = ['guardrail', 'budget', 'policy', 'exemption', 'rate_limit', 'route'] as const
export type ControlKind = (typeof CONTROL_KINDS)[number]

const Text = (most: number) => z.string().trim().min(1).max(most)
const Grade = z.int().min(1).max(5)
const Reason = z.string().trim().max(500).default('')

const Assessment = {
  title: Text(120),
  category: z.enum(RISK_CATEGORIES),
  description: Text(2_000),
  /** 1 to 5, with nothing done about it. */
  likelihood: Grade,
  impact: Grade,
  /** 1 to 5, with its controls working. */
  residualLikelihood: Grade,
  residualImpact: Grade,
  treatment: z.enum(RISK_TREATMENTS),
  /** What is done about it. */
  plan: Text(2_000),
  ownerId: z.uuid().nullable(),
  reviewAt: Moment,
}

export const CreateRiskInput = z.strictObject({
  ...Assessment,
  ownerId: Assessment.ownerId.default(null),
  reason: Reason,
})
export const AssessRiskInput = z.strictObject(Assessment).partial().extend({ id: z.uuid(), reason: Reason })
export const ReviewRiskInput = z.strictObject({ id: z.uuid(), reviewAt: Moment, note: Text(500) })
export const CloseRiskInput = z.strictObject({ id: z.uuid(), reason: Text(500) })
export const LinkControlInput = z.strictObject({
  id: z.uuid(),
  kind: z.enum(CONTROL_KINDS),
  recordId: z.uuid(),
  /** How it makes the risk smaller. */
  note: z.string().trim().max(300).default(''),
})
export const UnlinkControlInput = z.strictObject({ id: z.uuid(), controlId: z.uuid() })
export const AcceptRiskInput = z.strictObject({ id: z.uuid(), until: Moment, reason: Text(1_000) })

export const ListRisksQuery = PageQuery.extend({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  category: z.enum(RISK_CATEGORIES).optional(),
  level: z.enum(RISK_LEVELS).optional(),
  ownerId: z.uuid().optional(),
  search: z.string().trim().max(100).optional(),
})
export type ListRisksQuery = z.output<typeof ListRisksQuery>

const Level = z.enum(RISK_LEVELS)
const At = z.iso.datetime()

export const RiskDto = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  category: z.enum(RISK_CATEGORIES),
  likelihood: z.int(),
  impact: z.int(),
  level: Level,
  residualLikelihood: z.int(),
  residualImpact: z.int(),
  residualLevel: Level,
  treatment: z.enum(RISK_TREATMENTS),
  /** It is to be accepted as it stands, and nobody who may has done so. */
  needsAcceptance: z.boolean(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  reviewAt: At,
  overdue: z.boolean(),
  closedAt: At.nullable(),
  controls: z.int(),
  version: z.int(),
})
export type RiskDto = z.infer<typeof RiskDto>

export const ControlDto = z.strictObject({
  id: z.uuid(),
  kind: z.enum(CONTROL_KINDS),
  recordId: z.uuid(),
  name: z.string(),
  note: z.string(),
  href: z.string(),
  /** Why it makes nothing smaller any more; null: it is in force. */
  broken: z.string().nullable(),
})
export type ControlDto = z.infer<typeof ControlDto>

export const RiskDetailDto = RiskDto.extend({
  description: z.string(),
  plan: z.string(),
  linked: z.array(ControlDto),
  acceptedAt: At.nullable(),
  acceptedBy: z.string().nullable(),
  acceptedUntil: At.nullable(),
  pendingApprovalId: z.uuid().nullable(),
  createdAt: At,
})
export type RiskDetailDto = z.infer<typeof RiskDetailDto>
