import { newId } from '#core/ids.ts'
import { formatUsd } from '#core/money.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, invalid, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findBudget } from './find-budget.ts'
import { toIncreaseDto } from './increase-requests.ts'
import { type IncreaseRequestDto, RequestIncreaseInput } from './schema.ts'

/** Asks for a higher limit; somebody else who manages budgets decides. One request at a time waits. */
export async function requestIncrease({ ctx, input }: VerbArgs): Promise<IncreaseRequestDto> {
  requirePermission(ctx, 'budgets.request')
  const { id, limitUsd, reason } = parseInput(RequestIncreaseInput, input)
  const { actor } = ctx
  if (actor.id === null) throw new DomainError('permission_denied', 'A request needs somebody who asks.')
  const requesterId = actor.id
  return transact(ctx, async tx => {
    const budget = await findBudget(tx, ctx, 'budgets.request', id)
    if (budget.archivedAt) throw conflict(`${budget.name} is archived.`)
    const least = formatUsd(budget.limitNanoUsd)
    if (limitUsd <= budget.limitNanoUsd) throw invalid('limitUsd', `Ask for more than the limit of USD ${least}.`)
    const waiting = await tx.budgetIncreaseRequest.count({ where: { budgetId: id, state: 'pending' } })
    if (waiting > 0) throw conflict(`A request for ${budget.name} waits for a decision already.`)
    const request = await tx.budgetIncreaseRequest.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        budgetId: id,
        requesterId,
        requesterName: actor.name,
        limitBeforeNanoUsd: budget.limitNanoUsd,
        limitNanoUsd: limitUsd,
        reason,
      },
    })
    await audit(tx, ctx, {
      action: 'budget.increase_requested',
      subject: { kind: 'budget', id, name: budget.name },
      before: { limitUsd: least },
      after: { limitUsd: formatUsd(limitUsd) },
      reason,
    })
    await announce(tx, ctx, 'notices', request.id)
    return toIncreaseDto(request)
  })
}
