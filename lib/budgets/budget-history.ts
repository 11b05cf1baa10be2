import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findBudget } from './find-budget.ts'

/** What a budget was after each change, newest first; throws `not_found` beyond the actor's reach. */
export function budgetHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'budgets.read')
  return read(ctx, async tx => {
    await findBudget(tx, ctx, 'budgets.read', id)
    return versionsOf(tx, ctx, { kind: 'budget', id })
  })
}
