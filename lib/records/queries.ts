import 'server-only'
import { z } from 'zod'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { RecordChange, type RecordVersionDto } from './schema.ts'

const LATEST = 100

/** The latest hundred versions of a record, newest first. Called by queries that have checked who may see it. */
export async function versionsOf(
  tx: Transaction,
  ctx: Context,
  record: { kind: string; id: string },
): Promise<RecordVersionDto[]> {
  const rows = await tx.recordVersion.findMany({
    where: { organizationId: ctx.organizationId, kind: record.kind, recordId: record.id },
    orderBy: { version: 'desc' },
    take: LATEST,
  })
  return rows.map(({ id, version, changes, reason, authorName, createdAt }) => ({
    ...{ id, version, reason, authorName },
    changes: z.array(RecordChange).parse(changes),
    createdAt: createdAt.toISOString(),
  }))
}

/** A record as it was at a version; null when there was none. Called by queries that have checked who may see it. */
export async function documentAt(
  tx: Transaction,
  ctx: Context,
  record: { kind: string; id: string; version: number },
): Promise<unknown> {
  const { kind, id: recordId, version } = record
  const row = await tx.recordVersion.findFirst({
    where: { organizationId: ctx.organizationId, kind, recordId, version },
  })
  return row?.document ?? null
}
