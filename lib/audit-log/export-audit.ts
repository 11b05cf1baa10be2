import type { ExportLine } from '#core/audit-record/entry.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { read, type Transaction, transact } from '#lib/platform/transaction.ts'
import { filterOf } from './filter.ts'
import { EXPORT_WRITERS, type ExportWriter } from './formats.ts'
import { type AuditFilter, ExportAuditQuery } from './schema.ts'
import { toRecord } from './to-record.ts'

const BATCH = 1_000

/**
 * The audit log as a stream, oldest first in the order of the Merkle tree, then what waits to be sealed.
 * That somebody took it is itself recorded.
 */
export async function exportAudit({ ctx, input }: VerbArgs): Promise<Response> {
  requirePermission(ctx, 'audit.read')
  const { format, ...filter } = parseInput(ExportAuditQuery, input)
  await transact(ctx, tx =>
    audit(tx, ctx, {
      action: 'audit.exported',
      subject: { kind: 'organization', id: ctx.organizationId, name: 'Audit log' },
      after: { format, ...filter },
    }),
  )
  const writer = EXPORT_WRITERS[format]
  const name = `audit-${new Date().toISOString().slice(0, 10)}.${writer.extension}`
  return new Response(toStream(ctx, filter, writer), {
    headers: { 'content-type': writer.mediaType, 'content-disposition': `attachment; filename="${name}"` },
  })
}

function toStream(ctx: Context, filter: AuditFilter, writer: ExportWriter): ReadableStream<Uint8Array> {
  const batches = readBatches(ctx, filter)
  const encoder = new TextEncoder()
  let head = writer.head
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await batches.next()
      const text = head + (done ? '' : value.map(line => writer.line(line)).join(''))
      head = ''
      if (text) controller.enqueue(encoder.encode(text))
      if (done) controller.close()
    },
    async cancel() {
      await batches.return(undefined)
    },
  })
}

/** A batch is a short transaction of its own: a slow reader holds no connection. */
async function* readBatches(ctx: Context, filter: AuditFilter): AsyncGenerator<ExportLine[], undefined> {
  let index = -1n
  for (;;) {
    const lines = await read(ctx, tx => readSealed(tx, filter, index))
    if (lines.length === 0) break
    index = lines.at(-1)?.position ?? index
    const found = lines.flatMap(({ line }) => line ?? [])
    if (found.length > 0) yield found
  }
  let sequence = -1n
  for (;;) {
    const rows = await read(ctx, tx => readUnsealed(tx, filter, sequence, index))
    if (rows.length === 0) return
    sequence = rows.at(-1)?.sequence ?? sequence
    yield rows.map(row => ({ index: null, leafHash: null, entry: toRecord(row) }))
  }
}

async function readSealed(tx: Transaction, filter: AuditFilter, after: bigint) {
  const leaves = await tx.auditLeaf.findMany({
    where: { index: { gt: after } },
    orderBy: { index: 'asc' },
    take: BATCH,
  })
  const where = { AND: [{ id: { in: leaves.map(leaf => leaf.entryId) } }, filterOf(filter)] }
  const entries = new Map((await tx.auditEntry.findMany({ where })).map(row => [row.id, row]))
  return leaves.map(leaf => {
    const row = entries.get(leaf.entryId)
    const leafHash = Buffer.from(leaf.leafHash).toString('base64')
    const line: ExportLine | null = row ? { index: Number(leaf.index), leafHash, entry: toRecord(row) } : null
    return { position: leaf.index, line }
  })
}

/** What was not sealed when the sealed part had been read, even if it has been since. */
async function readUnsealed(tx: Transaction, filter: AuditFilter, after: bigint, lastIndex: bigint) {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    select e.id from audit_entries e left join audit_leaves l on l.entry_id = e.id
    where e.sequence > ${after} and (l.index is null or l.index > ${lastIndex})
    order by e.sequence limit ${BATCH}`
  const where = { AND: [{ id: { in: ids.map(row => row.id) } }, filterOf(filter)] }
  return tx.auditEntry.findMany({ where, orderBy: { sequence: 'asc' } })
}
