import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { putAside } from '#lib/notices/put-aside.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'
import type { Decided } from './decide-approval.ts'
import type { Deciders } from './deciders.ts'
import { callDeciders } from './open-approval.ts'
import { settleApproval } from './settle-approval.ts'

const HOUR_MS = 3_600_000

/** Goes on from a step that has its votes: to the next one, or to what the last one approved, which is carried out. */
export async function completeStep(
  tx: Transaction,
  ctx: Context,
  request: ApprovalRequest,
  { words, conditions, deciders }: { words: string; conditions: string[]; deciders?: Deciders },
): Promise<Decided> {
  const next = ApprovalPolicy.parse(request.policy).steps[request.step + 1]
  if (!next) {
    const settlement = { state: 'approved', outcome: words, conditions } as const
    return settleApproval(tx, ctx, request, deciders ? { ...settlement, deciders } : settlement)
  }
  const now = new Date()
  const after = next.escalateAfterHours
  const moved = await tx.approvalRequest.update({
    where: { id: request.id },
    data: {
      step: request.step + 1,
      stepOpenedAt: now,
      escalatedAt: null,
      escalatesAt: after === null ? null : new Date(now.getTime() + after * HOUR_MS),
      conditions,
    },
  })
  await putAside(tx, ctx, { kind: 'approval_waiting', href: `/approvals/${request.id}` })
  await callDeciders(tx, ctx, moved)
  return { id: request.id, state: 'pending', outcome: `It waits for the next step now: ${next.name}.` }
}
