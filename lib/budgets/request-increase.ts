import { formatUsd } from '#core/money.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { type BudgetIncreaseSnapshot, budgetIncreaseKind } from './budget-increase-kind.ts'
import { findBudget } from './find-budget.ts'
import { tiersOfTarget } from './find-target.ts'
import { toIncreaseDto } from './increase-requests.ts'
import { type IncreaseRequestDto, RequestIncreaseInput } from './schema.ts'

/** Asks for a higher limit; somebody else decides, by the policy for budget increases. One request at a time waits. */
export async function requestIncrease({ ctx, input }: VerbArgs): Promise<IncreaseRequestDto> {
  requirePermission(ctx, 'budgets.request')
  const { id, limitUsd, reason } = parseInput(RequestIncreaseInput, input)
  if (ctx.actor.id === null) throw new DomainError('permission_denied', 'A request needs somebody who asks.')
  return transact(ctx, async tx => {
    const budget = await findBudget(tx, ctx, 'budgets.request', id)
    if (budget.archivedAt) throw conflict(`${budget.name} is archived.`)
    const least = formatUsd(budget.limitNanoUsd)
    if (limitUsd <= budget.limitNanoUsd) throw invalid('limitUsd', `Ask for more than the limit of USD ${least}.`)
    const snapshot: BudgetIncreaseSnapshot = {
      budgetId: id,
      budget: budget.name,
      limitBeforeUsd: least,
      limitUsd: formatUsd(limitUsd),
    }
    const request = await openApproval(tx, ctx, {
      kind: budgetIncreaseKind,
      subjectId: id,
      title: `USD ${snapshot.limitUsd} for ${budget.name}`,
      reason,
      snapshot,
      teamId: budget.teamId,
      risk: limitUsd > budget.limitNanoUsd * 2n ? 'high' : 'medium',
      tiers: await tiersOfTarget(tx, ctx, budget),
      rule: 'Budgets are raised by Finance',
    })
    return toIncreaseDto({ ...request, votes: [] })
  })
}
