import { settleApproval } from '#lib/approvals/settle-approval.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { PolicyVersion } from '#prisma/generated/client.ts'
import { POLICY_RATIFICATION, POLICY_REVIEW } from './decision-snapshot.ts'
import { turnDownVersion } from './turn-down-version.ts'

/** Ends what waits for a decision about a version, and the version with it. The caller holds the policy's lock. */
export async function voidOpenVersion(
  tx: Transaction,
  ctx: Context,
  version: PolicyVersion,
  outcome: string,
): Promise<void> {
  const waiting = await tx.approvalRequest.findMany({
    where: {
      organizationId: ctx.organizationId,
      kind: { in: [POLICY_REVIEW, POLICY_RATIFICATION] },
      subjectId: version.policyId,
      state: 'pending',
    },
  })
  for (const request of waiting) await settleApproval(tx, ctx, request, { state: 'voided', outcome })
  await turnDownVersion(tx, ctx, version.id, outcome)
}
