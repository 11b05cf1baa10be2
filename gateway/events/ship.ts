import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { backoffMs } from '#gateway/config/postgres.ts'
import type { PackedContent } from '#gateway/content/packing-job.ts'
import { errorFields, type Log } from '#gateway/log.ts'
import { READ_BYTES, readLines, readSpoolLine, type Segment, type SpooledEvent } from './segments.ts'
import type { Spool } from './spool.ts'

const BATCH = 500
const PAUSE_MS = 100
/** Content that took longer from its request to Postgres came late. */
const LATE_MS = 60_000

export interface ShipperOptions {
  spool: Spool
  pool: pg.Pool
  /** Turns the content of events into entries for Postgres. */
  pack: (spooled: readonly SpooledEvent[]) => Promise<readonly PackedContent[]>
  /** Where events go that Postgres will never take. */
  directory: string
  log: Log
  /** Called after each commit with the number of this process's events now shipped. */
  onShipped: (ownShipped: number) => void
  onConnection: () => void
}

/**
 * Ships the spool to Postgres in order, at most 500 events a batch, and removes a segment when its last event is
 * committed. Sending a batch twice changes nothing there, so a crash between commit and removal is harmless.
 */
export class Shipper {
  /** Whether the last batch reached Postgres. */
  connected = true
  /** Events that Postgres refused for good. */
  rejected = 0
  /** What became of content that was spooled, by entries. */
  readonly contents = { kept: 0, late: 0, notOpened: 0, refused: 0 }
  readonly #options: ShipperOptions
  #running: Promise<void> | null = null
  #timer: NodeJS.Timeout | undefined
  #failures = 0
  #closed = false

  constructor(options: ShipperOptions) {
    this.#options = options
  }

  /** Tells that there is something to ship; it leaves within 100 ms. */
  wake(delayMs = PAUSE_MS): void {
    if (this.#timer || this.#running || this.#closed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#run()
    }, delayMs)
  }

  /** Ships until nothing is left or the time is over; returns whether nothing is left. */
  async finish(deadline: number): Promise<boolean> {
    while (this.#options.spool.unshippedBytes() > 0 && Date.now() < deadline) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      await this.#run()
      if (!this.connected) await new Promise(resolve => setTimeout(resolve, 100))
    }
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#running
    return this.#options.spool.unshippedBytes() === 0
  }

  #run(): Promise<void> {
    this.#running ??= this.#shipAll()
      .then(
        () => this.#succeeded(),
        error => this.#failed(error),
      )
      .finally(() => {
        this.#running = null
        if (this.#options.spool.unshippedBytes() > 0) this.wake(this.connected ? PAUSE_MS : backoffMs(this.#failures))
      })
    return this.#running
  }

  async #shipAll(): Promise<void> {
    const { spool } = this.#options
    let full = true
    while (full) {
      spool.rotate()
      const segment = spool.segments.find(one => one.shipped < one.size || one.closed)
      if (!segment) return
      if (segment.shipped < segment.size) full = await this.#shipBatch(segment)
      if (segment.closed && segment.shipped >= segment.size) spool.drop(segment)
    }
  }

  /** Ships one batch; returns whether more may wait. */
  async #shipBatch(segment: Segment): Promise<boolean> {
    const { lines, bytes } = await readLines(segment, BATCH)
    if (lines.length === 0) {
      // No line end in so many bytes: not an event. Leave the rest of this segment out.
      this.#options.log.error({ file: path.basename(segment.file) }, 'unreadable spool segment')
      segment.shipped = segment.size
      return true
    }
    const spooled = lines.map(readSpoolLine)
    const readable = segment.own ? spooled : spooled.filter(({ event }) => isJson(event))
    const withContent = readable.filter(({ content }) => content !== null)
    const contents = await this.#options.pack(withContent)
    const kept = await this.#record(
      readable.map(({ event }) => event),
      contents,
    )
    this.#count(withContent.length, contents, kept)
    segment.shipped += bytes
    const { spool } = this.#options
    if (segment.own) spool.shippedOwn += lines.length
    if (!spool.segments.some(one => !one.own && one.shipped < one.size)) this.#options.onShipped(spool.shippedOwn)
    return lines.length === BATCH || bytes > READ_BYTES / 2 || segment.closed
  }

  #count(spooled: number, packed: readonly PackedContent[], kept: boolean): void {
    this.contents.notOpened += spooled - packed.length
    if (!kept) {
      this.contents.refused += packed.length
      return
    }
    const since = Date.now() - LATE_MS
    this.contents.kept += packed.length
    this.contents.late += packed.filter(({ occurredAt }) => Date.parse(occurredAt) < since).length
  }

  /** Records events with their contents; false: without the contents, which Postgres refused. */
  async #record(events: string[], contents: readonly PackedContent[]): Promise<boolean> {
    if (events.length === 0) return true
    const batch = `[${events.join(',')}]`
    const { pool } = this.#options
    try {
      if (contents.length === 0) await pool.query('select record_request_events($1::json)', [batch])
      else await pool.query('select record_request_events($1::json, $2::json)', [batch, JSON.stringify(contents)])
    } catch (error) {
      // Evidence comes first: what was said is given up before what happened waits for it.
      if (contents.length > 0 && isRefusal(error)) {
        this.#options.log.error(
          { error: errorFields(error), contents: contents.length },
          'content was refused by Postgres',
        )
        await this.#record(events, [])
        return false
      }
      if (!isAboutData(error)) throw error
      await this.#isolate(events, error)
    }
    return true
  }

  /** One event that Postgres cannot take must not hold up the others: halve until it is alone, then put it aside. */
  async #isolate(events: string[], error: unknown): Promise<void> {
    if (events.length > 1) {
      const middle = events.length >> 1
      await this.#record(events.slice(0, middle), [])
      await this.#record(events.slice(middle), [])
      return
    }
    await appendFile(path.join(this.#options.directory, 'rejected.jsonl'), `${events[0]}\n`, { mode: 0o600 })
    this.rejected++
    this.#options.log.error({ error: errorFields(error) }, 'an event was refused by Postgres and put aside')
  }

  #succeeded(): void {
    this.#failures = 0
    if (this.connected) return
    this.connected = true
    this.#options.log.info('shipping events again')
    this.#options.onConnection()
  }

  #failed(error: unknown): void {
    this.#failures++
    if (!this.connected) return
    this.connected = false
    this.#options.log.warn({ error: errorFields(error) }, 'events wait in the spool')
    this.#options.onConnection()
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** Whether Postgres was there and said no: the classes above, and 42 (no such function, no such right). */
function isRefusal(error: unknown): boolean {
  return isAboutData(error) || String((error as { code?: unknown } | null)?.code ?? '').startsWith('42')
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint): sending the same again would fail the same. */
function isAboutData(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(22|23)/.test(code)
}
