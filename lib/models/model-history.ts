import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findModel } from './find-model.ts'
import { getModel } from './queries.ts'

export interface ModelHistoryEntry {
  id: string
  occurredAt: string
  action: string
  actorName: string
  reason: string | null
}

const LONGEST = 100

/** What was done to a model, newest first, for whoever may see the catalog; throws `not_found` for an unknown one. */
export async function modelHistory(ctx: Context, id: string): Promise<ModelHistoryEntry[]> {
  await getModel(ctx, id)
  const entries = await read(ctx, tx =>
    tx.auditEntry.findMany({
      where: { organizationId: ctx.organizationId, subjectKind: 'model', subjectId: id },
      select: { id: true, occurredAt: true, action: true, actorName: true, reason: true },
      orderBy: { sequence: 'desc' },
      take: LONGEST,
    }),
  )
  return entries.map(entry => ({ ...entry, occurredAt: entry.occurredAt.toISOString() }))
}

/** Every version of a model with what changed, newest first; throws `not_found` for an unknown one. */
export function modelVersions(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'models.read')
  return read(ctx, async tx => {
    await findModel(tx, id)
    return versionsOf(tx, ctx, { kind: 'model', id })
  })
}
