import type { RouteScope } from '#core/routing/route-options.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { checkRoute } from './check-route.ts'
import { findRoute } from './find-route.ts'
import { keepVersion } from './keep-version.ts'
import { toRouteDto } from './queries.ts'
import { givenDefinition, readDefinition } from './route-definition.ts'
import { type RouteDto, RouteIdInput } from './schema.ts'

/** Puts an archived route into force again, if what it names is still there. One in force stays as it is. */
export async function restoreRoute({ ctx, input }: VerbArgs): Promise<RouteDto> {
  requirePermission(ctx, 'routes.manage')
  const { id, reason } = parseInput(RouteIdInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findRoute(tx, ctx, id)
    if (!before.archivedAt) return toRouteDto(tx, before)
    const facts = { name: before.name, scope: before.scope as RouteScope, target: before.target }
    await checkRoute(tx, ctx, { ...facts, ...givenDefinition(readDefinition(before)) }, id)
    const data = { archivedAt: null, updatedAt: new Date(), version: before.version + 1 }
    const after = await tx.route.update({ where: { id }, data })
    await keepVersion(tx, ctx, { before, after, action: 'route.restored', reason })
    return toRouteDto(tx, after)
  })
}
