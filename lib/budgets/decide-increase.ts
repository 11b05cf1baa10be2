import { formatUsd } from '#core/money.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findBudget } from './find-budget.ts'
import { toIncreaseDto } from './increase-requests.ts'
import { DecideIncreaseInput, type IncreaseRequestDto } from './schema.ts'
import { updateBudget } from './update-budget.ts'

/**
 * Approves or declines a request for more; approving raises the limit in the same transaction. Throws `conflict` when
 * it is decided, was made by the decider, or the limit has changed since.
 */
export async function decideIncrease({ ctx, input }: VerbArgs): Promise<IncreaseRequestDto> {
  requirePermission(ctx, 'budgets.manage')
  const { id, increaseId, decision, reason } = parseInput(DecideIncreaseInput, input)
  return transact(ctx, async tx => {
    const budget = await findBudget(tx, ctx, 'budgets.manage', id)
    const request = await tx.budgetIncreaseRequest.findFirst({ where: { id: increaseId, budgetId: id } })
    if (!request) throw notFound('increase request')
    if (request.state !== 'pending') throw conflict('This request has been decided.')
    if (request.requesterId === ctx.actor.id) throw conflict('Somebody other than the requester has to decide.')
    const approved = decision === 'approve'
    if (approved && budget.limitNanoUsd !== request.limitBeforeNanoUsd) {
      throw conflict('The limit has changed since the request. Decline it, or ask for a new request.')
    }
    const state = approved ? 'approved' : 'declined'
    const decided = { deciderId: ctx.actor.id, deciderName: ctx.actor.name, decidedAt: new Date() }
    const claimed = await tx.budgetIncreaseRequest.updateMany({
      where: { id: increaseId, state: 'pending' },
      data: { state, decisionReason: reason || null, ...decided },
    })
    if (claimed.count === 0) throw conflict('This request has been decided.')
    await audit(tx, ctx, {
      action: `budget.increase_${state}`,
      subject: { kind: 'budget', id, name: budget.name },
      after: { requester: request.requesterName, limitUsd: formatUsd(request.limitNanoUsd) },
      ...(reason ? { reason } : {}),
    })
    if (approved) {
      const why = `Asked for by ${request.requesterName}: ${request.reason}`.slice(0, 500)
      await updateBudget({ ctx: { ...ctx, tx }, input: { id, limitUsd: formatUsd(request.limitNanoUsd), reason: why } })
    }
    await announce(tx, ctx, 'notices', increaseId)
    return toIncreaseDto(await tx.budgetIncreaseRequest.findUniqueOrThrow({ where: { id: increaseId } }))
  })
}
