import 'server-only'
import { z } from 'zod'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { findRoute } from './find-route.ts'
import { RouteVersionDto } from './schema.ts'

const LONGEST = 100

/** What a route was after each change, newest first; throws `not_found` for any other. */
export function routeHistory(ctx: Context, id: string): Promise<RouteVersionDto[]> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    if (!isId(id)) throw notFound('route')
    await findRoute(tx, ctx, id)
    const rows = await tx.routeVersion.findMany({
      where: { routeId: id },
      orderBy: { version: 'desc' },
      take: LONGEST,
    })
    return rows.map(({ id, version, changes, reason, authorName, createdAt }) => ({
      ...{ id, version, reason, authorName },
      changes: z.array(RouteVersionDto.shape.changes.element).parse(changes),
      createdAt: createdAt.toISOString(),
    }))
  })
}
