import 'server-only'
import { type HistoryEntry, historyOf } from '#lib/audit-log/history-of.ts'
import type { Context } from '#lib/platform/context.ts'
import { getKey } from './queries.ts'

/** What was done to a key, newest first, for whoever may see the key itself; throws `not_found` for any other. */
export async function keyHistory(ctx: Context, id: string): Promise<HistoryEntry[]> {
  await getKey(ctx, id)
  return historyOf(ctx, { kind: 'key', id })
}
