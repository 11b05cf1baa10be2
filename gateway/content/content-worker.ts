import { open, unlink } from 'node:fs/promises'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { SpoolCipher } from '#core/content/spool-cipher.ts'
import { copyRows } from '#gateway/config/copy-rows.ts'
import { backoffMs, connectionOptions, isRefusal } from '#gateway/config/postgres.ts'
import { blockAt, openBlock, type SealedBlock, type SpooledEntry } from './content-block.ts'
import { type ContentOrder, type ContentReport, type ContentThread, NO_COUNTS } from './content-order.ts'
import { contentSegments } from './content-segments.ts'
import { lowerPriority } from './lower-priority.ts'
import { CONTENTS, packContent } from './pack-content.ts'
import { readBlocks } from './read-blocks.ts'

/** Bytes that are read at once, and go to Postgres at once; more for a block that is larger. */
const READ_BYTES = 1024 * 1024
/** A thread that gives way may see an answer long after it came. */
const PATIENCE_MS = 60_000
/** Content that took longer from its request to Postgres came late. */
const LATE_MS = 60_000

const { directory, spoolKey, databaseUrl, first } = workerData as ContentThread
const cipher = new SpoolCipher(Buffer.from(spoolKey))
const pool = new pg.Pool({
  ...connectionOptions(databaseUrl),
  query_timeout: PATIENCE_MS,
  max: 1,
  idleTimeoutMillis: 10_000,
})
pool.on('error', () => {})
/** How far each segment is shipped. */
const positions = new Map<string, number>()
/** The keys in force, each the same object while it is: what is derived from it is kept with it. */
const keys = new Map<string, { id: string; key: Buffer }>()
/** What was read last: blocks are shipped before the next read. */
const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
let order: ContentOrder | null = null
let running = false
let failures = 0

lowerPriority()
parentPort?.on('message', (next: ContentOrder) => {
  order = next
  takeKeys(next)
  void run()
})

function takeKeys(next: ContentOrder): void {
  for (const organizationId of keys.keys()) if (!next.keys.has(organizationId)) keys.delete(organizationId)
  for (const [organizationId, { id, key }] of next.keys) {
    if (keys.get(organizationId)?.id !== id) keys.set(organizationId, { id, key: Buffer.from(key) })
  }
}

async function run(): Promise<void> {
  if (running) return
  running = true
  try {
    while (await shipSome()) failures = 0
    failures = 0
  } catch (error) {
    failures++
    if (failures === 1) report({ problem: problemOf(error, false) })
    setTimeout(() => void run(), backoffMs(failures)).unref()
  } finally {
    running = false
  }
}

/** Ships a batch of the oldest segment; returns whether more may be shipped. */
async function shipSome(): Promise<boolean> {
  const through = order
  if (!through || through.waits) return false
  for (const name of contentSegments(directory)) {
    const own = name >= first
    if (!own && !through.leftShipped) return false
    const blocks = await nextBlocks(name, own ? through.through : Number.POSITIVE_INFINITY)
    if (blocks.ready.length > 0) {
      await shipBlocks(name, blocks.ready)
      return true
    }
    if (blocks.waiting || name === through.active) return order !== through
    await drop(name, blocks.rest)
  }
  return order !== through
}

interface NextBlocks {
  readonly ready: readonly SealedBlock[]
  /** There are more, whose events are not shipped. */
  readonly waiting: boolean
  /** Bytes behind the last whole block: a process was killed while it wrote. */
  readonly rest: number
}

async function nextBlocks(name: string, through: number): Promise<NextBlocks> {
  const handle = await open(path.join(directory, name), 'r')
  try {
    const read = await readBlocks(handle, positions.get(name) ?? 0, buffer)
    const ready: SealedBlock[] = []
    let at = 0
    for (let block = blockAt(read, at); block; block = blockAt(read, at)) {
      if (block.event > through) return { ready, waiting: true, rest: 0 }
      ready.push(block)
      at += block.bytes.length
    }
    return { ready, waiting: false, rest: read.length - at }
  } finally {
    await handle.close()
  }
}

async function shipBlocks(name: string, blocks: readonly SealedBlock[]): Promise<void> {
  let bytes = 0
  let unreadable = 0
  let noKey = 0
  const since = new Date(Date.now() - LATE_MS).toISOString()
  const rows: string[] = []
  let late = 0
  for (const block of blocks) {
    bytes += block.bytes.length
    const entries = entriesOf(block)
    if (!entries) unreadable++
    for (const entry of entries ?? []) {
      // What has no key any more is not to be kept.
      const key = keys.get(entry.organizationId)
      if (!key) {
        noKey++
        continue
      }
      rows.push(packContent(entry, key))
      if (entry.occurredAt < since) late++
    }
  }
  const refusal = rows.length > 0 ? await record(rows) : null
  positions.set(name, (positions.get(name) ?? 0) + bytes)
  const counts = refusal
    ? { kept: 0, late: 0, noKey, unreadable, refused: rows.length }
    : { kept: rows.length, late, noKey, unreadable, refused: 0 }
  report({ bytes, counts, problem: refusal })
}

/** Null: sealed under another installation's key, or damaged. Nobody can read it, so nobody keeps it. */
function entriesOf(block: SealedBlock): SpooledEntry[] | null {
  try {
    return openBlock(cipher, block)
  } catch {
    return null
  }
}

/** Throws when Postgres cannot be reached; what it refuses is given up. */
async function record(rows: readonly string[]): Promise<ContentReport['problem']> {
  try {
    await copyRows(pool, CONTENTS, Buffer.from(rows.join('')), PATIENCE_MS)
    return null
  } catch (error) {
    if (!isRefusal(error)) throw error
    return problemOf(error, true)
  }
}

async function drop(name: string, rest: number): Promise<void> {
  positions.delete(name)
  await unlink(path.join(directory, name))
  if (rest > 0) report({ bytes: rest })
}

function report(parts: Partial<ContentReport>): void {
  parentPort?.postMessage({ bytes: 0, counts: NO_COUNTS, problem: null, ...parts } satisfies ContentReport)
}

function problemOf(error: unknown, refused: boolean): ContentReport['problem'] {
  const { message, code } = error as { message?: unknown; code?: unknown }
  return { refused, message: String(message ?? error), code: typeof code === 'string' ? code : null }
}
