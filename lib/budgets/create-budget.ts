import { newId } from '#core/ids.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { storeThresholds } from './budget-record.ts'
import { findTarget } from './find-target.ts'
import { keepVersion } from './keep-version.ts'
import { toBudgetDto } from './queries.ts'
import { type BudgetDto, CreateBudgetInput } from './schema.ts'

/** Sets a budget; what its scope has spent in the period counts from the first request on. */
export async function createBudget({ ctx, input }: VerbArgs): Promise<BudgetDto> {
  if (requirePermission(ctx, 'budgets.manage') !== 'organization') {
    throw new DomainError('permission_denied', 'Only who manages every budget can set one. Ask Finance.')
  }
  const { limitUsd, thresholds, reason, window, ...data } = parseInput(CreateBudgetInput, input)
  return transact(ctx, async tx => {
    const owner = await findTarget(tx, ctx, data.scope, data.target)
    const after = await tx.budget.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        ...data,
        ...owner,
        window,
        limitNanoUsd: limitUsd,
        ...storeThresholds(thresholds, limitUsd),
      },
    })
    await keepVersion(tx, ctx, { before: null, after, action: 'budget.created', reason })
    return toBudgetDto(tx, after)
  })
}
