import type { Permission } from '#core/permissions.ts'
import { type Context, ownedBy } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Budget } from '#prisma/generated/client.ts'

/** A budget within the reach of a permission; `not_found` for any other, whether it exists or not. */
export async function findBudget(tx: Transaction, ctx: Context, permission: Permission, id: string): Promise<Budget> {
  const budget = await tx.budget.findFirst({
    where: {
      AND: [ownedBy(ctx, permission), { id, organizationId: ctx.organizationId, keyId: null, exemptionId: null }],
    },
  })
  if (!budget) throw notFound('budget')
  return budget
}
