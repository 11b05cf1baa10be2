import { z } from 'zod'
import { compareTexts, countChanges } from '#core/policies/compare-texts.ts'
import { textHash } from '#core/policies/text-hash.ts'
import type { SnapshotLine } from '#lib/approvals/approval-kind.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy, PolicyVersion } from '#prisma/generated/client.ts'
import { ratifiedVersion } from './find-policy.ts'

export const POLICY_REVIEW = 'policy_review'
export const POLICY_RATIFICATION = 'policy_ratification'

/** What is decided about: this text, by its hash, of this version. */
export const DecisionSnapshot = z.strictObject({
  policyId: z.uuid(),
  policy: z.string(),
  versionId: z.uuid(),
  number: z.int(),
  sha256: z.string(),
  editorial: z.boolean(),
  /** The version in force that it would replace; null: none. */
  replaces: z.int().nullable(),
  /** Lines that differ from it. */
  changes: z.string(),
})
export type DecisionSnapshot = z.infer<typeof DecisionSnapshot>

/** A version as it is put before those who decide. */
export async function snapshotOf(tx: Transaction, policy: Policy, version: PolicyVersion): Promise<DecisionSnapshot> {
  const inForce = await ratifiedVersion(tx, policy.id)
  const { changed, added, removed } = countChanges(compareTexts(inForce?.text ?? '', version.text))
  return {
    policyId: policy.id,
    policy: policy.name,
    versionId: version.id,
    number: version.number,
    sha256: version.sha256,
    editorial: version.editorial,
    replaces: inForce?.number ?? null,
    changes: `${changed} changed, ${added} added, ${removed} removed`,
  }
}

/** The same as it would be put now; null when the version waits in another state, or the draft is no longer its text. */
export async function snapshotNow(
  tx: Transaction,
  ctx: Context,
  asked: unknown,
  state: 'in_review' | 'legal_reviewed',
): Promise<DecisionSnapshot | null> {
  const { policyId, versionId } = DecisionSnapshot.parse(asked)
  const where = { id: policyId, organizationId: ctx.organizationId, archivedAt: null }
  const policy = await tx.policy.findFirst({ where })
  const version = await tx.policyVersion.findFirst({ where: { id: versionId, policyId, state } })
  if (!policy || !version || textHash(policy.draft) !== version.sha256) return null
  return snapshotOf(tx, policy, version)
}

/** What an approver reads. */
export function describeDecision(snapshot: unknown): SnapshotLine[] {
  const { policy, number, sha256, editorial, replaces, changes } = DecisionSnapshot.parse(snapshot)
  return [
    { label: 'Policy', before: null, after: policy },
    { label: 'Version', before: replaces === null ? 'none in force' : String(replaces), after: String(number) },
    { label: 'Lines', before: null, after: changes },
    {
      label: 'Acknowledgements',
      before: null,
      after: editorial ? 'Count on: editorial changes only' : 'Everybody is asked again',
    },
    { label: 'SHA-256 of the text', before: null, after: sha256 },
  ]
}

/** Where an approver reads the text, beside the one in force. */
export function decisionHref(snapshot: unknown): string {
  const { policyId, number, replaces } = DecisionSnapshot.parse(snapshot)
  return `/govern/policies/${policyId}?tab=versions&to=${number}${replaces === null ? '' : `&from=${replaces}`}`
}
