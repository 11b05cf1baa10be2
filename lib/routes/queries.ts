import 'server-only'
import type { z } from 'zod'
import { isId } from '#core/ids.ts'
import type { RouteScope } from '#core/routing/route-options.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { Route } from '#prisma/generated/client.ts'
import { findRoute } from './find-route.ts'
import { boundUsd, readDefinition } from './route-definition.ts'
import { routeNames } from './route-names.ts'
import type { ListRoutesQuery, RouteDto } from './schema.ts'

/** Routes of the organization, by name. */
export function listRoutes(ctx: Context, query: z.output<typeof ListRoutesQuery>): Promise<Page<RouteDto>> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    const rows = await tx.route.findMany({
      where: {
        AND: [afterName(query.cursor)],
        organizationId: ctx.organizationId,
        ...(query.state === 'all' ? {} : { archivedAt: query.state === 'active' ? null : { not: null } }),
        ...(query.scope ? { scope: query.scope } : {}),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' as const } } : {}),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, nameCursor)
    const names = await routeNames(tx, page.data)
    return { ...page, data: page.data.map(route => routeDto(route, names)) }
  })
}

/** One route; throws `not_found` for any other. */
export function getRoute(ctx: Context, id: string): Promise<RouteDto> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    if (!isId(id)) throw notFound('route')
    return toRouteDto(tx, await findRoute(tx, ctx, id))
  })
}

/** A route as it stands. */
export async function toRouteDto(tx: Transaction, route: Route): Promise<RouteDto> {
  return routeDto(route, await routeNames(tx, [route]))
}

function routeDto(route: Route, names: ReadonlyMap<string, string>): RouteDto {
  const { id, name, scope, target, version, createdAt, updatedAt, archivedAt } = route
  const { modelIds, constraints, ...definition } = readDefinition(route)
  const { providerIds, mostInputNanoUsd, mostOutputNanoUsd, ...bounds } = constraints
  const named = (ids: readonly string[]) => ids.map(each => ({ id: each, name: names.get(each) ?? each }))
  return {
    ...{ id, name, version, target },
    ...definition,
    scope: scope as RouteScope,
    targetName: target === null ? null : (names.get(target) ?? target),
    models: named(modelIds),
    constraints: {
      ...bounds,
      providers: named(providerIds),
      mostInputUsd: boundUsd(mostInputNanoUsd),
      mostOutputUsd: boundUsd(mostOutputNanoUsd),
    },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
  }
}
