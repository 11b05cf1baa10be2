import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findBudget } from './find-budget.ts'
import { keepVersion } from './keep-version.ts'
import { toBudgetDto } from './queries.ts'
import { ArchiveBudgetInput, type BudgetDto } from './schema.ts'

/** Takes a budget out of force; its history stays. Archiving an archived one changes nothing and succeeds. */
export async function archiveBudget({ ctx, input }: VerbArgs): Promise<BudgetDto> {
  requirePermission(ctx, 'budgets.manage')
  const { id, reason } = parseInput(ArchiveBudgetInput, input)
  return transact(ctx, async tx => {
    const before = await findBudget(tx, ctx, 'budgets.manage', id)
    if (before.archivedAt) return toBudgetDto(tx, before)
    const archivedAt = new Date()
    const data = { archivedAt, updatedAt: archivedAt, version: before.version + 1 }
    const after = await tx.budget.update({ where: { id }, data })
    await keepVersion(tx, ctx, { before, after, action: 'budget.archived', reason })
    return toBudgetDto(tx, after)
  })
}
