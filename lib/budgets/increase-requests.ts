import { formatUsd } from '#core/money.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { BudgetIncreaseRequest } from '#prisma/generated/client.ts'
import { findBudget } from './find-budget.ts'
import type { IncreaseRequestDto } from './schema.ts'

const LONGEST = 100

/** The requests for more of a budget, newest first; throws `not_found` beyond the actor's reach. */
export function listIncreaseRequests(ctx: Context, id: string): Promise<IncreaseRequestDto[]> {
  requirePermission(ctx, 'budgets.read')
  return read(ctx, async tx => {
    await findBudget(tx, ctx, 'budgets.read', id)
    const rows = await tx.budgetIncreaseRequest.findMany({
      where: { budgetId: id },
      orderBy: { id: 'desc' },
      take: LONGEST,
    })
    return rows.map(toIncreaseDto)
  })
}

export function toIncreaseDto(request: BudgetIncreaseRequest): IncreaseRequestDto {
  return {
    id: request.id,
    budgetId: request.budgetId,
    requesterId: request.requesterId,
    requesterName: request.requesterName,
    limitBeforeUsd: formatUsd(request.limitBeforeNanoUsd),
    limitUsd: formatUsd(request.limitNanoUsd),
    reason: request.reason,
    state: request.state as IncreaseRequestDto['state'],
    deciderName: request.deciderName,
    decisionReason: request.decisionReason,
    decidedAt: request.decidedAt?.toISOString() ?? null,
    createdAt: request.createdAt.toISOString(),
  }
}
