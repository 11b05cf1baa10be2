import { DEFAULT_EXEMPTION_POLICY, ExemptionPolicy } from '#core/exemptions/exemption-policy.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ExemptionPolicyDto } from './schema.ts'

export const POLICY_KIND = 'exemption_policy'

/** How long exemptions may last from now on: the newest version that is kept, or what Gatehouse comes with (version 0). */
export async function policyInForce(tx: Transaction, { organizationId }: Context): Promise<ExemptionPolicyDto> {
  const newest = await tx.recordVersion.findFirst({
    where: { organizationId, kind: POLICY_KIND, recordId: organizationId },
    orderBy: { version: 'desc' },
    select: { version: true, document: true },
  })
  if (!newest) return { version: 0, policy: DEFAULT_EXEMPTION_POLICY }
  return { version: newest.version, policy: ExemptionPolicy.parse(newest.document) }
}
