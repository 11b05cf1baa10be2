import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { leafHashOf } from '#core/audit-record/entry.ts'
import { writeCheckpoint } from '#core/checkpoint/checkpoint.ts'
import { newId } from '#core/ids.ts'
import { Frontier } from '#core/merkle/tree.ts'
import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { AuditEntry } from '#prisma/generated/client.ts'
import { auditSigner } from './signer.ts'
import { toRecord } from './to-record.ts'

const BATCH = 2_000
/** Numbers are given out before commit: an entry may appear after one with a higher number, but not by this many. */
const LATE_NUMBERS = 100_000n

export interface Sealed {
  /** Entries that were sealed now. */
  entries: number
  treeSize: bigint
}

/** Trees by organization as this process left them, so that not every leaf is read again each time. */
const frontiers = new Map<string, Frontier>()

/**
 * Puts the entries that wait into the organization's Merkle tree, at most 2,000 of them, and signs a
 * checkpoint, which is also written to a file outside the database. Several processes may call it at once:
 * one seals, the others find nothing to do.
 */
export async function sealAudit(organizationId: string): Promise<Sealed> {
  const sealed = await databases().system.$transaction(tx => sealBatch(tx, organizationId))
  if (!sealed) return { entries: 0, treeSize: 0n }
  frontiers.set(organizationId, sealed.frontier)
  await keepOutside(organizationId, sealed.frontier.size, sealed.note)
  return { entries: sealed.entries, treeSize: sealed.frontier.size }
}

async function sealBatch(tx: Transaction, organizationId: string) {
  const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtext('seal_audit'), hashtext(${organizationId})) as taken`
  if (!lock?.taken) return null
  const entries = await selectWaiting(tx, organizationId)
  if (entries.length === 0) return null
  const frontier = await currentFrontier(tx, organizationId)
  const leaves = entries.map(row => {
    const leaf = { organizationId, index: frontier.size, entryId: row.id, leafHash: leafHashOf(toRecord(row)) }
    frontier.append(leaf.leafHash)
    return { ...leaf, leafHash: new Uint8Array(leaf.leafHash) }
  })
  await tx.auditLeaf.createMany({ data: leaves })
  const signer = auditSigner(organizationId)
  const root = frontier.root()
  const createdAt = new Date()
  const note = writeCheckpoint(signer, {
    origin: signer.name,
    size: frontier.size,
    root,
    time: createdAt.toISOString(),
  })
  const rootHash = new Uint8Array(root)
  await tx.auditCheckpoint.create({
    data: { id: newId(), organizationId, treeSize: frontier.size, rootHash, note, createdAt },
  })
  return { entries: entries.length, frontier, note }
}

async function selectWaiting(tx: Transaction, organizationId: string): Promise<AuditEntry[]> {
  const last = await tx.auditLeaf.findFirst({ where: { organizationId }, orderBy: { index: 'desc' } })
  const lastEntry = last && (await tx.auditEntry.findUniqueOrThrow({ where: { id: last.entryId } }))
  const from = lastEntry ? lastEntry.sequence - LATE_NUMBERS : 0n
  const ids = await tx.$queryRaw<{ id: string }[]>`
    select e.id from audit_entries e
    where e.organization_id = ${organizationId}::uuid and e.sequence > ${from}
      and not exists (select 1 from audit_leaves l where l.entry_id = e.id)
    order by e.sequence limit ${BATCH}`
  return tx.auditEntry.findMany({ where: { id: { in: ids.map(row => row.id) } }, orderBy: { sequence: 'asc' } })
}

async function currentFrontier(tx: Transaction, organizationId: string): Promise<Frontier> {
  const last = await tx.auditLeaf.findFirst({ where: { organizationId }, orderBy: { index: 'desc' } })
  const size = last ? last.index + 1n : 0n
  const kept = frontiers.get(organizationId)
  // A copy: should the transaction fail, what is kept stays as it was.
  if (kept?.size === size) return Frontier.restore(kept.size, kept.hashes())
  const frontier = new Frontier()
  const leaves = await tx.auditLeaf.findMany({ where: { organizationId }, orderBy: { index: 'asc' } })
  for (const leaf of leaves) frontier.append(leaf.leafHash)
  return frontier
}

/** Off the box by configuration: the folder may be a mount that this machine can only add to. */
async function keepOutside(organizationId: string, size: bigint, note: string): Promise<void> {
  const { GATEHOUSE_CHECKPOINT_DIR, GATEHOUSE_HOME } = env()
  const folder = path.join(GATEHOUSE_CHECKPOINT_DIR ?? path.join(GATEHOUSE_HOME, 'checkpoints'), organizationId)
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `${size}.txt`)
  await writeFile(`${file}.new`, note)
  await rename(`${file}.new`, file)
}
