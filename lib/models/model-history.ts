import 'server-only'
import { type HistoryEntry, historyOf } from '#lib/audit-log/history-of.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findModel } from './find-model.ts'
import { getModel } from './queries.ts'

/** What was done to a model, newest first, for whoever may see the catalog; throws `not_found` for an unknown one. */
export async function modelHistory(ctx: Context, id: string): Promise<HistoryEntry[]> {
  await getModel(ctx, id)
  return historyOf(ctx, { kind: 'model', id })
}

/** Every version of a model with what changed, newest first; throws `not_found` for an unknown one. */
export function modelVersions(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'models.read')
  return read(ctx, async tx => {
    await findModel(tx, id)
    return versionsOf(tx, ctx, { kind: 'model', id })
  })
}
