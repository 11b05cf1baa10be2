import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalKind } from './approval-kind.ts'

/** How requests of a kind are decided from now on: the organization's newest version, or the kind's own (version 0). */
export async function policyInForce(
  tx: Transaction,
  organizationId: string,
  kind: Pick<ApprovalKind, 'id' | 'policy'>,
): Promise<{ version: number; policy: ApprovalPolicy }> {
  const newest = await tx.approvalPolicyVersion.findFirst({
    where: { organizationId, kind: kind.id },
    orderBy: { version: 'desc' },
  })
  return { version: newest?.version ?? 0, policy: ApprovalPolicy.parse(newest?.policy ?? kind.policy) }
}
