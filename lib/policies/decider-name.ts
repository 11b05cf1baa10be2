import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'

/** Who cast the vote that decided a request that is being carried out. */
export async function deciderName(tx: Transaction, request: ApprovalRequest): Promise<string> {
  const vote = await tx.approvalVote.findFirst({ where: { requestId: request.id }, orderBy: { id: 'desc' } })
  return vote?.voterName ?? 'the review board'
}
