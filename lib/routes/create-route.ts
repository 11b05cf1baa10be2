import { newId } from '#core/ids.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { checkRoute } from './check-route.ts'
import { keepVersion } from './keep-version.ts'
import { toRouteDto } from './queries.ts'
import { storeDefinition } from './route-definition.ts'
import { CreateRouteInput, type RouteDto } from './schema.ts'

/** Adds a route; gateways choose by it as soon as it is published. */
export async function createRoute({ ctx, input }: VerbArgs): Promise<RouteDto> {
  requirePermission(ctx, 'routes.manage')
  const { reason, ...route } = parseInput(CreateRouteInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    await checkRoute(tx, ctx, route)
    const { name, scope, target, ...definition } = route
    const after = await tx.route.create({
      data: {
        id: newId(),
        organizationId: ctx.organizationId,
        ...{ name, scope, target },
        definition: storeDefinition(definition),
      },
    })
    await keepVersion(tx, ctx, { before: null, after, action: 'route.created', reason })
    return toRouteDto(tx, after)
  })
}
