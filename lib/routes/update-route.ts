import type { RouteScope } from '#core/routing/route-options.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { checkRoute } from './check-route.ts'
import { findRoute } from './find-route.ts'
import { keepVersion } from './keep-version.ts'
import { toRouteDto } from './queries.ts'
import { givenDefinition, readDefinition, storeDefinition } from './route-definition.ts'
import { type RouteDto, UpdateRouteInput } from './schema.ts'

/** Changes a route; its history keeps what it was. Throws `conflict` for one that is archived. */
export async function updateRoute({ ctx, input }: VerbArgs): Promise<RouteDto> {
  requirePermission(ctx, 'routes.manage')
  const { id, reason, name, ...changes } = parseInput(UpdateRouteInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findRoute(tx, ctx, id)
    if (before.archivedAt) throw conflict(`${before.name} is archived. Restore it first.`)
    const given = { ...givenDefinition(readDefinition(before)), ...changes }
    const facts = { name: name ?? before.name, scope: before.scope as RouteScope, target: before.target }
    await checkRoute(tx, ctx, { ...facts, ...given }, id)
    const after = await tx.route.update({
      where: { id },
      data: {
        name: facts.name,
        definition: storeDefinition(given),
        version: before.version + 1,
        updatedAt: new Date(),
      },
    })
    await keepVersion(tx, ctx, { before, after, action: 'route.updated', reason })
    return toRouteDto(tx, after)
  })
}
