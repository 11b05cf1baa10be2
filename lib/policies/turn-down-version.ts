import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { findPolicy, lockRow } from './find-policy.ts'
import { changePolicy } from './keep-policy.ts'

/** Ends a version that is not to come into force; its text stays. One that has ended already stays as it is. */
export async function turnDownVersion(tx: Transaction, ctx: Context, versionId: string, reason: string): Promise<void> {
  const version = await tx.policyVersion.findFirst({
    where: { id: versionId, state: { in: ['in_review', 'legal_reviewed'] } },
  })
  if (!version) return
  await lockRow(tx, version.policyId)
  await tx.policyVersion.update({ where: { id: versionId }, data: { state: 'turned_down', endedAt: new Date() } })
  const policy = await findPolicy(tx, ctx, version.policyId)
  const text = `version ${version.number} turned down`
  await changePolicy(tx, ctx, policy, {}, { action: 'policy.version_turned_down', reason: reason.slice(0, 500), text })
}
