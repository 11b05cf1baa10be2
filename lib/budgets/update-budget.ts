import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { Budget } from '#prisma/generated/client.ts'
import { givenThresholds, readBudget, storeThresholds } from './budget-record.ts'
import { findBudget } from './find-budget.ts'
import { keepVersion } from './keep-version.ts'
import { toBudgetDto } from './queries.ts'
import { type BudgetDto, UpdateBudgetInput } from './schema.ts'

/** Changes a budget, its open period included. Throws `conflict` for one that is archived. */
export async function updateBudget({ ctx, input }: VerbArgs): Promise<BudgetDto> {
  return transact(ctx, async tx => toBudgetDto(tx, await changeBudget(tx, ctx, input)))
}

/** The same in a transaction of the caller's, without what has been spent of it. */
export async function changeBudget(tx: Transaction, ctx: Context, input: unknown): Promise<Budget> {
  requirePermission(ctx, 'budgets.manage')
  const { id, reason, limitUsd, thresholds, ...changes } = parseInput(UpdateBudgetInput, input)
  const before = await findBudget(tx, ctx, 'budgets.manage', id)
  if (before.archivedAt) throw conflict(`${before.name} is archived. Set a new budget.`)
  const limit = limitUsd ?? before.limitNanoUsd
  const stored = storeThresholds(thresholds ?? givenThresholds(readBudget(before).thresholds), limit)
  const after = await tx.budget.update({
    where: { id },
    data: {
      ...(changes.name ? { name: changes.name } : {}),
      ...(changes.window ? { window: changes.window } : {}),
      limitNanoUsd: limit,
      ...stored,
      version: before.version + 1,
      updatedAt: new Date(),
    },
  })
  await tx.$executeRaw`
    update budget_periods set stop_nano_usd = ${stored.stopNanoUsd} where budget_id = ${id}::uuid and ends_at > now()`
  await keepVersion(tx, ctx, { before, after, action: 'budget.updated', reason })
  return after
}
