import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { SavedViewDto } from './schema.ts'

/** The person's own views of a table, by name. */
export function listSavedViews(ctx: Context, table: string): Promise<SavedViewDto[]> {
  if (ctx.actor.kind !== 'person') return Promise.resolve([])
  const where = { organizationId: ctx.organizationId, personId: ctx.actor.id, table }
  return read(ctx, tx =>
    tx.savedView.findMany({
      where,
      orderBy: { name: 'asc' },
      select: { id: true, table: true, name: true, query: true },
    }),
  )
}
