import 'server-only'
import { verifierKey } from '#core/checkpoint/signed-note.ts'
import { isId } from '#core/ids.ts'
import { proveInclusion } from '#core/merkle/proofs.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { conflict, notFound } from '#lib/platform/errors.ts'
import { decodeCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { AuditCheckpoint, AuditEntry } from '#prisma/generated/client.ts'
import { filterOf } from './filter.ts'
import type { AuditEntryDto, CheckpointDto, ListAuditQuery, ProofDto } from './schema.ts'
import { auditSigner } from './signer.ts'
import { toRecord } from './to-record.ts'

const SEQUENCE = /^\d{1,19}$/

/** The audit log, newest first. */
export function listAuditEntries(ctx: Context, query: ListAuditQuery): Promise<Page<AuditEntryDto>> {
  requirePermission(ctx, 'audit.read')
  const after = query.cursor ? { sequence: { lt: BigInt(decodeCursor(query.cursor, SEQUENCE)) } } : {}
  return read(ctx, async tx => {
    const rows = await tx.auditEntry.findMany({
      where: { AND: [filterOf(query), after] },
      orderBy: { sequence: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.sequence.toString())
    return { ...page, data: await withIndexes(tx, page.data) }
  })
}

/** One entry; throws `not_found` for any other organization's. */
export function getAuditEntry(ctx: Context, id: string): Promise<AuditEntryDto> {
  requirePermission(ctx, 'audit.read')
  return read(ctx, async tx => {
    const [entry] = await withIndexes(tx, [await findEntry(tx, id)])
    if (!entry) throw notFound('audit entry')
    return entry
  })
}

/** The newest signed statement of the log's size and root; null before the first entry was sealed. */
export function findCheckpoint(ctx: Context): Promise<CheckpointDto | null> {
  requirePermission(ctx, 'audit.read')
  return read(ctx, async tx => {
    const row = await newestCheckpoint(tx)
    return row && toCheckpointDto(row)
  })
}

/** As `findCheckpoint`, but throws `not_found` when there is none. */
export async function getCheckpoint(ctx: Context): Promise<CheckpointDto> {
  const found = await findCheckpoint(ctx)
  if (!found) throw notFound('checkpoint')
  return found
}

/** What proves to anyone with the verifier key that an entry is in the log. */
export function proveEntry(ctx: Context, id: string): Promise<ProofDto> {
  requirePermission(ctx, 'audit.read')
  return read(ctx, async tx => {
    const row = await findEntry(tx, id)
    const [leaf, checkpoint] = [
      await tx.auditLeaf.findUnique({ where: { entryId: row.id } }),
      await newestCheckpoint(tx),
    ]
    if (!leaf || !checkpoint || leaf.index >= checkpoint.treeSize) {
      throw conflict('This entry is not sealed yet. Sealing takes a few seconds; try again then.')
    }
    const leaves = await tx.auditLeaf.findMany({
      where: { index: { lt: checkpoint.treeSize } },
      orderBy: { index: 'asc' },
      select: { leafHash: true },
    })
    const path = proveInclusion(
      leaves.map(each => each.leafHash),
      Number(leaf.index),
    )
    return {
      entry: toRecord(row),
      index: Number(leaf.index),
      leafHash: base64(leaf.leafHash),
      hashes: path.map(base64),
      checkpoint: toCheckpointDto(checkpoint),
    }
  })
}

async function findEntry(tx: Transaction, id: string): Promise<AuditEntry> {
  const row = isId(id) ? await tx.auditEntry.findUnique({ where: { id } }) : null
  if (!row) throw notFound('audit entry')
  return row
}

async function withIndexes(tx: Transaction, rows: AuditEntry[]): Promise<AuditEntryDto[]> {
  const leaves = await tx.auditLeaf.findMany({
    where: { entryId: { in: rows.map(row => row.id) } },
    select: { entryId: true, index: true },
  })
  const indexes = new Map(leaves.map(leaf => [leaf.entryId, Number(leaf.index)]))
  return rows.map(row => ({ ...toRecord(row), index: indexes.get(row.id) ?? null }))
}

function newestCheckpoint(tx: Transaction): Promise<AuditCheckpoint | null> {
  return tx.auditCheckpoint.findFirst({ orderBy: { treeSize: 'desc' } })
}

function toCheckpointDto(row: AuditCheckpoint): CheckpointDto {
  return {
    note: row.note,
    verifierKey: verifierKey(auditSigner(row.organizationId)),
    treeSize: Number(row.treeSize),
    rootHash: base64(row.rootHash),
    createdAt: row.createdAt.toISOString(),
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
