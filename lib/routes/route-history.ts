import 'server-only'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findRoute } from './find-route.ts'

/** What a route was after each change, newest first; throws `not_found` for any other. */
export function routeHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => {
    if (!isId(id)) throw notFound('route')
    await findRoute(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'route', id })
  })
}
