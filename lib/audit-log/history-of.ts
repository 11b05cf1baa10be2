import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'

/** Something that was done to a record, as its page tells it. */
export interface HistoryEntry {
  id: string
  occurredAt: string
  action: string
  actorName: string
  reason: string | null
}

const LONGEST = 100

/** The latest hundred things that were done to a record, newest first. Called by queries that have checked who may see it. */
export async function historyOf(ctx: Context, record: { kind: string; id: string }): Promise<HistoryEntry[]> {
  const entries = await read(ctx, tx =>
    tx.auditEntry.findMany({
      where: { organizationId: ctx.organizationId, subjectKind: record.kind, subjectId: record.id },
      select: { id: true, occurredAt: true, action: true, actorName: true, reason: true },
      orderBy: { sequence: 'desc' },
      take: LONGEST,
    }),
  )
  return entries.map(entry => ({ ...entry, occurredAt: entry.occurredAt.toISOString() }))
}
