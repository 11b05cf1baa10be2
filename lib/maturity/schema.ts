import { z } from 'zod'
import { LAYERS } from '#core/maturity/criterion.ts'
import { CRITERION_STATES } from '#core/maturity/evaluate.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Moment = z.iso.datetime()
/** Such as S2.L1.X3; whether there is one, the verbs find out. */
const CriterionId = z.string().max(60)
const Needed = (what: string, most: number) => z.string().trim().min(1, what).max(most)
export const ANSWERS = ['yes', 'partly', 'no', 'unsure'] as const
export type Answer = (typeof ANSWERS)[number]

export const AttestInput = z.strictObject({
  criterionId: CriterionId,
  verdict: z.enum(['met', 'not_met']),
  /** What was found, so that somebody else can follow it. */
  statement: Needed('say what was found, so that somebody else can follow it', 2_000),
  /** Where the proof is. */
  link: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
})

export const WithdrawAttestationInput = z.strictObject({
  id: z.uuid(),
  reason: Needed('say why it does not hold any more', 500),
})

export const AnswerInput = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        criterionId: CriterionId,
        answer: z.enum(ANSWERS),
        note: z.string().trim().max(500).default(''),
      }),
    )
    .min(1)
    .max(100),
})

export const RequestExemptionInput = z.strictObject({
  criterionId: CriterionId,
  reason: Needed('say why the criterion does not apply', 1_000),
  /** How long it is excused. */
  days: z.int().min(1).max(365),
})

export const RequestAdvancementInput = z.strictObject({
  reason: Needed('say why the organization is ready', 1_000),
})

export const ListCriteriaQuery = PageQuery.extend({
  stage: z.coerce.number().int().min(1).max(3).optional(),
  layer: z.enum(LAYERS).optional(),
  kind: z.enum(['entry', 'exit']).optional(),
  state: z.enum(CRITERION_STATES).optional(),
})

export const PartDto = z.strictObject({
  by: z.enum(['fact', 'attestation', 'criteria']),
  /** What is asked, in words. */
  text: z.string(),
  state: z.enum(['met', 'not_met', 'unknown']),
  /** As it was found, in words; null: nobody knows. */
  observed: z.string().nullable(),
  required: z.string().nullable(),
  /** The number itself; a share is between 0 and 1. */
  value: z.number().nullable(),
  /** An attestation that is too old to count. */
  stale: z.boolean(),
  /** The rows behind it. */
  href: z.string().nullable(),
})
export type PartDto = z.infer<typeof PartDto>

export const AttestationDto = z.strictObject({
  id: z.uuid(),
  criterionId: z.string(),
  verdict: z.enum(['met', 'not_met', 'exempt']),
  statement: z.string(),
  link: z.string(),
  evidenceHash: z.string(),
  madeByName: z.string(),
  madeAt: Moment,
  freshUntil: Moment,
  state: z.enum(['in_force', 'stale', 'withdrawn']),
  withdrawReason: z.string().nullable(),
})
export type AttestationDto = z.infer<typeof AttestationDto>

export const SelfAssessmentDto = z.strictObject({
  yes: z.int(),
  partly: z.int(),
  no: z.int(),
  unsure: z.int(),
  /** People see it otherwise than the records do. */
  disagrees: z.boolean(),
})
export type SelfAssessmentDto = z.infer<typeof SelfAssessmentDto>

export const CriterionDto = z.strictObject({
  id: z.string(),
  stage: z.int(),
  layer: z.enum(LAYERS),
  kind: z.enum(['entry', 'exit']),
  text: z.string(),
  state: z.enum(CRITERION_STATES),
  progress: z.number(),
  parts: z.array(PartDto),
  /** The newest that was not withdrawn. */
  evidence: AttestationDto.nullable(),
  selfAssessment: SelfAssessmentDto.nullable(),
  next: z.strictObject({ text: z.string(), href: z.string().nullable() }).nullable(),
})
export type CriterionDto = z.infer<typeof CriterionDto>

export const MaturityDto = z.strictObject({
  stage: z.int(),
  since: Moment.nullable(),
  asOf: Moment,
  /** SHA-256 of stage and states (RFC 8785). */
  digest: z.string(),
  criteria: z.array(CriterionDto),
  /** Ids of what keeps the organization in its stage, in the order in which to take them. */
  nextMoves: z.array(z.string()),
  /** The request to advance that waits for the board. */
  advancement: z.strictObject({ approvalId: z.uuid() }).nullable(),
})
export type MaturityDto = z.infer<typeof MaturityDto>

export const CriterionDetailDto = CriterionDto.extend({
  attestations: z.array(AttestationDto),
  answers: z.array(
    z.strictObject({ personName: z.string(), answer: z.enum(ANSWERS), note: z.string(), answeredAt: Moment }),
  ),
  exemptionRequest: z.strictObject({ approvalId: z.uuid() }).nullable(),
})
export type CriterionDetailDto = z.infer<typeof CriterionDetailDto>

export const SnapshotDto = z.strictObject({
  quarter: z.string(),
  stage: z.int(),
  digest: z.string(),
  takenAt: Moment,
  /** Exit criteria met or excused, by stage. */
  met: z.array(z.strictObject({ stage: z.int(), met: z.int(), of: z.int() })),
})
export type SnapshotDto = z.infer<typeof SnapshotDto>

export const StageChangeDto = z.strictObject({ id: z.uuid(), approvalId: z.uuid(), stage: z.int() })
export const ApprovalAskedDto = z.strictObject({ approvalId: z.uuid() })
export type ApprovalAskedDto = z.infer<typeof ApprovalAskedDto>
