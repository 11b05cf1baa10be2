import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import type { Configuration } from '#gateway/config/configuration.ts'
import { errorFields, type Log } from '#gateway/log.ts'
import {
  type ContentCounts,
  type ContentOrder,
  type ContentReport,
  type ContentThread,
  NO_COUNTS,
} from './content-order.ts'
import type { ContentSegments } from './content-segments.ts'

/** The part of its time that the process spends working above which content waits, for so long at a time. */
const BUSY = 0.7
const PATIENCE_MS = 500
/** Content waits for quieter times up to that size: about half a minute of all that a processor can serve. */
const MOST_WAITING = 256 * 1024 * 1024
/** At most one thread is started in this time: one that dies of what it reads would die again at once. */
const RESTART_MS = 1_000

export interface ContentShipperOptions {
  readonly directory: string
  readonly spoolKey: Buffer
  readonly databaseUrl: string
  readonly segments: ContentSegments
  readonly configuration: Configuration
  readonly log: Log
}

/**
 * Ships content to Postgres after its events, on a thread of low priority that is started when there is some: opened,
 * compressed, and sealed with the organization's key in force. Events never wait for it, and requests do not either: a
 * busy gateway puts it off while there is little of it.
 */
export class ContentShipper {
  /** What became of content that was spooled, since the start. */
  counts: ContentCounts = NO_COUNTS
  readonly #options: ContentShipperOptions
  #worker: Worker | null = null
  #startedAt = Number.NEGATIVE_INFINITY
  #before = performance.eventLoopUtilization()
  #putOff: NodeJS.Timeout | undefined
  #told: Pick<ContentOrder, 'through' | 'leftShipped'> = { through: 0, leftShipped: false }
  #closed = false

  constructor(options: ContentShipperOptions) {
    this.#options = options
  }

  /** Tells how far events are in Postgres: what belongs to them may follow. */
  follow(through: number, leftShipped: boolean): void {
    this.#told = { through, leftShipped }
    if (this.#putOff) return
    if (this.#options.segments.unshippedBytes >= MOST_WAITING || !this.#isBusy()) {
      this.#ship()
      return
    }
    this.#worker?.postMessage(this.#order(true))
    this.#putOff = setTimeout(() => {
      this.#putOff = undefined
      this.follow(this.#told.through, this.#told.leftShipped)
    }, PATIENCE_MS).unref()
  }

  #ship(): void {
    const { segments, configuration } = this.#options
    // Without a configuration no key is known, and what has no key is dropped.
    if (this.#closed || segments.unshippedBytes === 0 || !configuration.loaded) return
    this.#thread()?.postMessage(this.#order(false))
  }

  /** Whether requests took most of the time since this was asked last. */
  #isBusy(): boolean {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, this.#before)
    this.#before = now
    return utilization > BUSY
  }

  /** Waits until all is shipped, or `performance.now()` reaches the deadline; returns whether it is. */
  async finish(deadline: number): Promise<boolean> {
    const { segments } = this.#options
    while (segments.unshippedBytes > 0 && performance.now() < deadline) {
      this.#ship()
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    return segments.unshippedBytes === 0
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#putOff)
    await this.#worker?.terminate()
  }

  #order(waits: boolean): ContentOrder {
    const { configuration, segments } = this.#options
    const keys = new Map<string, { id: string; key: Uint8Array }>()
    for (const [id, { contentKey }] of configuration.organizations) if (contentKey) keys.set(id, contentKey)
    return { ...this.#told, waits, active: segments.active, keys }
  }

  #thread(): Worker | null {
    if (this.#worker || performance.now() - this.#startedAt < RESTART_MS) return this.#worker
    this.#startedAt = performance.now()
    const { directory, spoolKey, databaseUrl, segments } = this.#options
    segments.recount()
    const workerData: ContentThread = { directory, spoolKey, databaseUrl, first: segments.first }
    const worker = new Worker(new URL('./content-worker.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 4 },
    })
    worker.unref()
    worker.on('message', (report: ContentReport) => this.#hear(report))
    worker.on('error', error => this.#lose(worker, error))
    worker.on('exit', () => this.#lose(worker, null))
    this.#worker = worker
    return worker
  }

  #hear({ bytes, counts, problem }: ContentReport): void {
    this.#options.segments.shipped(bytes)
    this.counts = {
      kept: this.counts.kept + counts.kept,
      late: this.counts.late + counts.late,
      noKey: this.counts.noKey + counts.noKey,
      unreadable: this.counts.unreadable + counts.unreadable,
      refused: this.counts.refused + counts.refused,
    }
    if (!problem) return
    const words = problem.refused ? 'content was refused by Postgres' : 'content waits in the spool'
    const error = { code: problem.code, message: problem.message }
    if (problem.refused) this.#options.log.error({ error, contents: counts.refused }, words)
    else this.#options.log.warn({ error }, words)
  }

  #lose(worker: Worker, error: Error | null): void {
    if (this.#worker !== worker) return
    this.#worker = null
    if (this.#closed) return
    this.#options.log.error({ error: errorFields(error) }, 'the content thread ended')
    setTimeout(() => this.follow(this.#told.through, this.#told.leftShipped), RESTART_MS).unref()
  }
}
