import type { Transaction } from '#lib/platform/transaction.ts'
import type { Policy } from '#prisma/generated/client.ts'

/** The text that a policy's page shows: of the version in force; without one, of the one on its way, else the draft. */
export async function shownText(tx: Transaction, policy: Pick<Policy, 'id' | 'draft'>): Promise<string> {
  const versions = await tx.policyVersion.findMany({
    where: { policyId: policy.id, state: { in: ['ratified', 'legal_reviewed', 'in_review'] } },
  })
  const shown = versions.find(({ state }) => state === 'ratified') ?? versions[0]
  return shown?.text ?? policy.draft
}
