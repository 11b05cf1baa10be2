import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { getKey } from './queries.ts'

export interface KeyHistoryEntry {
  id: string
  occurredAt: string
  action: string
  actorName: string
  reason: string | null
}

const LONGEST = 100

/** What was done to a key, newest first, for whoever may see the key itself; throws `not_found` for any other. */
export async function keyHistory(ctx: Context, id: string): Promise<KeyHistoryEntry[]> {
  await getKey(ctx, id)
  const entries = await read(ctx, tx =>
    tx.auditEntry.findMany({
      where: { organizationId: ctx.organizationId, subjectKind: 'key', subjectId: id },
      select: { id: true, occurredAt: true, action: true, actorName: true, reason: true },
      orderBy: { sequence: 'desc' },
      take: LONGEST,
    }),
  )
  return entries.map(entry => ({ ...entry, occurredAt: entry.occurredAt.toISOString() }))
}
