import { closeSync, ftruncateSync, openSync, readdirSync, statSync, unlinkSync, writeSync, writevSync } from 'node:fs'
import path from 'node:path'
import type { SpoolCipher } from '#core/content/spool-cipher.ts'
import { type ContentEntry, sealBlock } from './content-block.ts'

const SEGMENT_BYTES = 8 * 1024 * 1024
/** Content beyond that goes into another block: a block is read whole. */
const BLOCK_BYTES = 1024 * 1024
const NAME = /^\d{15}\.content$/

/** Segments of content in a folder, oldest first. */
export function contentSegments(directory: string): string[] {
  return readdirSync(directory)
    .filter(name => NAME.test(name))
    .sort()
}

/**
 * Content on local disk until Postgres has it, in files of its own beside the events. It is written just before its
 * events: a process that is killed in between leaves content without an event, which is never taken, and never an
 * event without its content. A thread ships it and removes what is shipped.
 */
export class ContentSegments {
  /** The one that is being written; null: this process has written none. */
  active: string | null = null
  /** Segments before this one were left by a process before this. */
  first = ''
  readonly #directory: string
  readonly #cipher: SpoolCipher
  #descriptor = -1
  #size = 0
  #before = 0
  #number = 0
  #unshipped = 0

  constructor(directory: string, cipher: SpoolCipher) {
    this.#directory = directory
    this.#cipher = cipher
  }

  /** Finds what a predecessor left. */
  open(): void {
    const last = Number.parseInt(contentSegments(this.#directory).at(-1) ?? '0', 10)
    // Order must hold even when the clock has gone back.
    this.#number = Math.max(Date.now(), last + 1)
    this.first = nameOf(this.#number)
    this.recount()
  }

  /** Counts all that is there as not shipped: whoever ships it begins again. */
  recount(): void {
    this.#unshipped = 0
    for (const name of contentSegments(this.#directory)) {
      this.#unshipped += statSync(path.join(this.#directory, name)).size
    }
  }

  get unshippedBytes(): number {
    return this.#unshipped
  }

  /** So many bytes are in Postgres, or given up. */
  shipped(bytes: number): void {
    this.#unshipped -= bytes
  }

  /** Writes content of events up to this number. Throws, with nothing written, when the disk refuses. */
  write(event: number, entries: readonly ContentEntry[]): void {
    if (this.#descriptor < 0 || this.#size >= SEGMENT_BYTES) this.#openSegment()
    this.#before = this.#size
    try {
      for (const part of parted(entries)) {
        const written = writeWhole(this.#descriptor, sealBlock(this.#cipher, event, part))
        this.#size += written
        this.#unshipped += written
      }
    } catch (error) {
      this.takeBack()
      throw error
    }
  }

  /** Takes back what was written last. */
  takeBack(): void {
    ftruncateSync(this.#descriptor, this.#before)
    this.#unshipped -= this.#size - this.#before
    this.#size = this.#before
  }

  /** Closes the file; removes it when nothing is left to ship. */
  close(): void {
    if (this.#descriptor < 0) return
    closeSync(this.#descriptor)
    this.#descriptor = -1
    if (this.#unshipped === 0 && this.active) unlinkSync(path.join(this.#directory, this.active))
  }

  #openSegment(): void {
    const name = nameOf(this.#number++)
    const descriptor = openSync(path.join(this.#directory, name), 'ax', 0o600)
    if (this.#descriptor >= 0) closeSync(this.#descriptor)
    this.#descriptor = descriptor
    this.active = name
    this.#size = 0
  }
}

/** Writes all the pieces, one behind the other; returns how many bytes they are. */
function writeWhole(descriptor: number, pieces: readonly Buffer[]): number {
  let bytes = 0
  for (const piece of pieces) bytes += piece.length
  let written = writevSync(descriptor, pieces)
  if (written === bytes) return bytes
  const whole = Buffer.concat(pieces)
  while (written < bytes) written += writeSync(descriptor, whole, written)
  return bytes
}

function nameOf(number: number): string {
  return `${String(number).padStart(15, '0')}.content`
}

function parted(entries: readonly ContentEntry[]): ContentEntry[][] {
  const parts: ContentEntry[][] = []
  let room = 0
  for (const entry of entries) {
    const last = parts.at(-1)
    if (last && room > 0) last.push(entry)
    else {
      parts.push([entry])
      room = BLOCK_BYTES
    }
    for (const piece of entry.pieces) room -= piece.length
  }
  return parts
}
