import { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { findBudget } from './find-budget.ts'
import { BudgetVersionDto } from './schema.ts'

const LONGEST = 100

/** What a budget was after each change, newest first; throws `not_found` beyond the actor's reach. */
export function budgetHistory(ctx: Context, id: string): Promise<BudgetVersionDto[]> {
  requirePermission(ctx, 'budgets.read')
  return read(ctx, async tx => {
    await findBudget(tx, ctx, 'budgets.read', id)
    const rows = await tx.budgetVersion.findMany({
      where: { budgetId: id },
      orderBy: { version: 'desc' },
      take: LONGEST,
    })
    return rows.map(({ id, version, changes, reason, authorName, createdAt }) => ({
      ...{ id, version, reason, authorName },
      changes: z.array(BudgetVersionDto.shape.changes.element).parse(changes),
      createdAt: createdAt.toISOString(),
    }))
  })
}
