import { modelImportKind } from '#lib/artifacts/model-import-kind.ts'
import { briefKind } from '#lib/briefs/brief-kind.ts'
import { budgetIncreaseKind } from '#lib/budgets/budget-increase-kind.ts'
import { exemptionKind } from '#lib/exemptions/exemption-kind.ts'
import { keyRequestKind } from '#lib/keys/key-request-kind.ts'
import { criterionExemptionKind } from '#lib/maturity/criterion-exemption-kind.ts'
import { stageAdvancementKind } from '#lib/maturity/stage-advancement-kind.ts'
import { modelRequestKind } from '#lib/model-requests/model-request-kind.ts'
import { modelLifecycleKind } from '#lib/models/model-lifecycle-kind.ts'
import { modelSignOffKind } from '#lib/own-models/model-sign-off-kind.ts'
import { policyRatificationKind } from '#lib/policies/policy-ratification-kind.ts'
import { policyReviewKind } from '#lib/policies/policy-review-kind.ts'
import { riskAcceptanceKind } from '#lib/risks/risk-acceptance-kind.ts'
import { transitionKind } from '#lib/workloads/transition-kind.ts'
import type { ApprovalKind } from './approval-kind.ts'

/** Every kind of request that people decide. */
export const APPROVAL_KINDS: readonly ApprovalKind[] = [
  keyRequestKind,
  budgetIncreaseKind,
  modelRequestKind,
  modelLifecycleKind,
  modelSignOffKind,
  exemptionKind,
  riskAcceptanceKind,
  policyReviewKind,
  policyRatificationKind,
  stageAdvancementKind,
  criterionExemptionKind,
  modelImportKind,
  briefKind,
  transitionKind,
]

const BY_ID: ReadonlyMap<string, ApprovalKind> = new Map(APPROVAL_KINDS.map(kind => [kind.id, kind]))

/** Whether there is a kind of this id. */
export function isKind(id: string): boolean {
  return BY_ID.has(id)
}

/** The kind of this id. Throws on one that nothing here knows: nothing is decided that nobody can carry out. */
export function kindOf(id: string): ApprovalKind {
  const kind = BY_ID.get(id)
  if (!kind) throw new Error(`no approval kind ${id}`)
  return kind
}
