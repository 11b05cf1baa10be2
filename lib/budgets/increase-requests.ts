import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ApprovalRequest, ApprovalVote } from '#prisma/generated/client.ts'
import { type BudgetIncreaseSnapshot, budgetIncreaseKind } from './budget-increase-kind.ts'
import { findBudget } from './find-budget.ts'
import type { IncreaseRequestDto } from './schema.ts'

const LONGEST = 100

/** The requests for more of a budget, newest first; throws `not_found` beyond the actor's reach. */
export function listIncreaseRequests(ctx: Context, id: string): Promise<IncreaseRequestDto[]> {
  requirePermission(ctx, 'budgets.read')
  return read(ctx, async tx => {
    await findBudget(tx, ctx, 'budgets.read', id)
    const rows = await tx.approvalRequest.findMany({
      where: { organizationId: ctx.organizationId, kind: budgetIncreaseKind.id, subjectId: id },
      include: { votes: { orderBy: { id: 'asc' } } },
      orderBy: { id: 'desc' },
      take: LONGEST,
    })
    return rows.map(toIncreaseDto)
  })
}

export function toIncreaseDto(request: ApprovalRequest & { votes: ApprovalVote[] }): IncreaseRequestDto {
  const { budgetId, limitBeforeUsd, limitUsd } = request.snapshot as BudgetIncreaseSnapshot
  return {
    id: request.id,
    budgetId,
    requesterId: request.requesterId,
    requesterName: request.requesterName,
    limitBeforeUsd,
    limitUsd,
    reason: request.reason,
    state: request.state as IncreaseRequestDto['state'],
    deciderName: request.votes.at(-1)?.voterName ?? null,
    outcome: request.outcome,
    decidedAt: request.decidedAt?.toISOString() ?? null,
    createdAt: request.createdAt.toISOString(),
  }
}
