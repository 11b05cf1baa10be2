import { closeSync, fdatasync, ftruncateSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { ContentEntry } from '#gateway/content/content-block.ts'
import type { ContentSegments } from '#gateway/content/content-segments.ts'
import { leftSegments, type Segment, segmentName, segmentNumber } from './segments.ts'

const SEGMENT_BYTES = 8 * 1024 * 1024
const SEGMENT_AGE_MS = 60_000
const SYNC_MS = 200
const RETRY_MS = 1_000
/** Events held in memory while the disk refuses them; their requests have been answered with an error. */
const MAX_HELD = 10_000

export interface SpoolOptions {
  directory: string
  /** Where the content of events goes. */
  contents: ContentSegments
  /** Bytes of unshipped events and content beyond which the spool takes no more. */
  maxBytes: number
  /** Called when events wait to be shipped. */
  onAppend: () => void
  /** Called when the disk begins or ceases to refuse. */
  onFailure: (error: unknown) => void
}

/**
 * Events on local disk until Postgres has them. All that is appended in one turn of the event loop goes to the file
 * in one write, and the promise resolves when that write is done: a process killed at any later moment has lost
 * nothing. fsync follows within 200 ms, so that a power failure costs at most that.
 */
export class Spool {
  /** Oldest first; the last one is being written. */
  readonly segments: Segment[] = []
  /** Events given to append, in the order in which they are shipped; and how many of them are. */
  queued = 0
  shippedOwn = 0
  /** Why the spool takes nothing now; null: it does. */
  failure: string | null = null
  readonly #options: SpoolOptions
  #descriptor = -1
  #active: Segment | null = null
  #openedAt = 0
  #number = 0
  #lines: string[] = []
  #contents: ContentEntry[] = []
  /** Of the events queued, those up to this one are on disk. */
  #written = 0
  #turn: Promise<void> | null = null
  #held: string[] = []
  #dirty = false
  #sync: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined

  constructor(options: SpoolOptions) {
    this.#options = options
  }

  /** Finds what a predecessor left and opens a segment. Throws when the directory cannot be written. */
  async open(): Promise<void> {
    mkdirSync(this.#options.directory, { recursive: true, mode: 0o700 })
    this.segments.push(...(await leftSegments(this.#options.directory)))
    this.#options.contents.open()
    for (const segment of this.segments) this.#number = Math.max(this.#number, segmentNumber(segment))
    this.#openSegment()
    this.#sync = setInterval(() => this.#syncSoon(), SYNC_MS)
    this.#sync.unref()
  }

  /** Whether a new request may be served: its event will find room. */
  get accepts(): boolean {
    return this.failure === null && this.unshippedBytes() < this.#options.maxBytes
  }

  /** Bytes of events, and of content, that Postgres does not have. */
  unshippedBytes(): number {
    return this.unshippedEventBytes() + this.#options.contents.unshippedBytes
  }

  unshippedEventBytes(): number {
    let bytes = 0
    for (const segment of this.segments) bytes += segment.size - segment.shipped
    return bytes
  }

  /** Where shipping stands: the first segment with events that Postgres does not have, or the last of all. */
  position(): { segment: string; shipped: number } {
    const segment = this.segments.find(one => one.shipped < one.size) ?? this.segments.at(-1)
    return { segment: path.basename(segment?.file ?? ''), shipped: segment?.shipped ?? 0 }
  }

  /** Events of this process up to this number are in Postgres. */
  get shippedThrough(): number {
    return this.#held.length === 0 && this.unshippedEventBytes() === 0 ? this.#written : this.shippedOwn
  }

  /** Whether all that a process before this left is in Postgres. */
  get leftShipped(): boolean {
    return !this.segments.some(one => !one.own && one.shipped < one.size)
  }

  /** Whether content may be kept besides: the second half of the room is left to events. */
  get hasRoomForContent(): boolean {
    return this.unshippedBytes() < this.#options.maxBytes / 2
  }

  /**
   * Appends one event (its row, without the line end), and its content if any. Rejects when the disk refuses.
   *
   * @param alone no other request is in progress, so there is nothing to be written with it
   */
  append(event: string, content: ContentEntry | null = null, alone = false): Promise<void> {
    this.queued++
    this.#lines.push(event)
    if (content) this.#contents.push(content)
    this.#turn ??= new Promise((resolve, reject) => {
      const write = () => this.#writeTurn(resolve, reject)
      if (!alone) setImmediate(write)
      else queueMicrotask(write)
    })
    return this.#turn
  }

  /** Ends the segment being written when it is large, or old and empty of unshipped events. */
  rotate(): void {
    const active = this.#active
    if (!active || this.failure !== null) return
    const old = active.size > 0 && active.shipped === active.size && performance.now() - this.#openedAt > SEGMENT_AGE_MS
    if (active.size < SEGMENT_BYTES && !old) return
    const descriptor = this.#descriptor
    this.#openSegment()
    active.closed = true
    closeSync(descriptor)
  }

  /** Removes a segment whose events Postgres has. */
  drop(segment: Segment): void {
    const index = this.segments.indexOf(segment)
    if (index >= 0) this.segments.splice(index, 1)
    unlinkSync(segment.file)
  }

  /** Closes the file; removes it when nothing is left to ship. */
  close(): void {
    clearInterval(this.#sync)
    clearTimeout(this.#retry)
    if (this.#descriptor < 0) return
    closeSync(this.#descriptor)
    this.#descriptor = -1
    this.#options.contents.close()
    const active = this.#active
    if (active && active.shipped === active.size) this.drop(active)
  }

  #openSegment(): void {
    // Order must hold even when the clock has gone back.
    this.#number = Math.max(Date.now(), this.#number + 1)
    const file = path.join(this.#options.directory, segmentName(this.#number))
    this.#descriptor = openSync(file, 'ax', 0o600)
    this.#active = { file, size: 0, shipped: 0, own: true, closed: false }
    this.#openedAt = performance.now()
    this.segments.push(this.#active)
  }

  #writeTurn(resolve: () => void, reject: (error: unknown) => void): void {
    const lines = this.#lines
    const contents = this.#contents
    this.#lines = []
    this.#contents = []
    this.#turn = null
    try {
      this.#write(lines, contents)
      resolve()
    } catch (error) {
      this.#hold(lines, error)
      reject(error)
    }
  }

  #write(lines: readonly string[], contents: readonly ContentEntry[]): void {
    const active = this.#active
    if (!active || this.#descriptor < 0) throw new Error('the spool is closed')
    // Before the events: a process killed in between leaves no event without its content.
    if (contents.length > 0) this.#options.contents.write(this.queued, contents)
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    let written = 0
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written)
    } catch (error) {
      // Half a line would join the next event's: take it back.
      if (written > 0) ftruncateSync(this.#descriptor, active.size)
      // Their answers are withheld, so nothing is kept of what they say.
      if (contents.length > 0) this.#options.contents.takeBack()
      throw error
    }
    active.size += bytes.length
    this.#written = this.queued
    this.#dirty = true
    if (active.size >= SEGMENT_BYTES) this.rotate()
    this.#options.onAppend()
  }

  #hold(lines: readonly string[], error: unknown): void {
    for (const line of lines) if (this.#held.length < MAX_HELD) this.#held.push(line)
    if (this.failure === null) {
      this.failure = error instanceof Error ? error.message : 'the disk refuses'
      this.#options.onFailure(error)
    }
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#tryAgain(), RETRY_MS)
    this.#retry.unref()
  }

  #tryAgain(): void {
    const held = this.#held
    this.#held = []
    try {
      if (held.length > 0) this.#write(held, [])
      this.failure = null
      this.#options.onFailure(null)
    } catch (error) {
      this.#hold(held, error)
    }
  }

  #syncSoon(): void {
    if (!this.#dirty || this.#descriptor < 0) return
    this.#dirty = false
    // A segment closed meanwhile makes this fail; its last bytes are the system's to write.
    fdatasync(this.#descriptor, () => {})
  }
}
