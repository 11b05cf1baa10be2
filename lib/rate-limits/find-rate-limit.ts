import { isId } from '#core/ids.ts'
import type { Permission } from '#core/permissions.ts'
import { type Context, ownedBy } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { RateLimit } from '#prisma/generated/client.ts'

/** A rate limit within the reach of a permission; `not_found` for any other, whether it exists or not. */
export async function findRateLimit(
  tx: Transaction,
  ctx: Context,
  permission: Permission,
  id: string,
): Promise<RateLimit> {
  const where = { AND: [ownedBy(ctx, permission), { id, organizationId: ctx.organizationId }] }
  const rateLimit = isId(id) ? await tx.rateLimit.findFirst({ where }) : null
  if (!rateLimit) throw notFound('rate limit')
  return rateLimit
}
