import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findRoute } from './find-route.ts'
import { keepVersion } from './keep-version.ts'
import { toRouteDto } from './queries.ts'
import { type RouteDto, RouteIdInput } from './schema.ts'

/** Takes a route out of force; its history stays. Archiving an archived one changes nothing and succeeds. */
export async function archiveRoute({ ctx, input }: VerbArgs): Promise<RouteDto> {
  requirePermission(ctx, 'routes.manage')
  const { id, reason } = parseInput(RouteIdInput, input)
  return transact(ctx, async tx => {
    const before = await findRoute(tx, ctx, id)
    if (before.archivedAt) return toRouteDto(tx, before)
    const archivedAt = new Date()
    const data = { archivedAt, updatedAt: archivedAt, version: before.version + 1 }
    const after = await tx.route.update({ where: { id }, data })
    await keepVersion(tx, ctx, { before, after, action: 'route.archived', reason })
    return toRouteDto(tx, after)
  })
}
