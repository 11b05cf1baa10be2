import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Route } from '#prisma/generated/client.ts'

/** A route of the organization; throws `not_found` for any other. */
export async function findRoute(tx: Transaction, ctx: Context, id: string): Promise<Route> {
  const route = await tx.route.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!route) throw notFound('route')
  return route
}
