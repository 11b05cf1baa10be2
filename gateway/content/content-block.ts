import { z } from 'zod'
import type { SpoolCipher } from '#core/content/spool-cipher.ts'

/** What is kept of one request, as it goes into the spool. */
export interface ContentEntry {
  readonly id: string
  readonly occurredAt: string
  readonly organizationId: string
  readonly logging: 'full' | 'restricted'
  readonly truncated: boolean
  /** The frame, in pieces. */
  readonly pieces: readonly Uint8Array[]
}

/** An entry as it comes out of the spool. */
export interface SpooledEntry extends Omit<ContentEntry, 'pieces'> {
  readonly frame: Buffer
}

const Head = z.array(
  z.strictObject({
    id: z.uuid(),
    occurredAt: z.iso.datetime(),
    organizationId: z.uuid(),
    logging: z.enum(['full', 'restricted']),
    truncated: z.boolean(),
    bytes: z.int().nonnegative(),
  }),
)

/** Four bytes for the length of the block, six for the number of the last event that it belongs to. */
const HEADER_BYTES = 10

/** Where blocks are put together, but for very large ones: fresh memory costs more than what is written into it. */
const SCRATCH = Buffer.allocUnsafeSlow(1280 * 1024)

/**
 * Content of requests as one block of the spool, sealed as one: a header that is authenticated with it, and, behind the
 * length of a list of what they are, their frames. In pieces, which need not be copied together.
 *
 * @param event the number of the newest of their events: the block is shipped after it
 */
export function sealBlock(cipher: SpoolCipher, event: number, entries: readonly ContentEntry[]): Buffer[] {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.writeUIntBE(event, 4, 6)
  const sealed = cipher.seal(header.subarray(4), plainBlock(entries))
  let bytes = HEADER_BYTES
  for (const piece of sealed) bytes += piece.length
  header.writeUInt32BE(bytes)
  return [header, ...sealed]
}

function plainBlock(entries: readonly ContentEntry[]): Buffer {
  let frames = 0
  const head = JSON.stringify(
    entries.map(({ id, occurredAt, organizationId, logging, truncated, pieces }) => {
      let bytes = 0
      for (const piece of pieces) bytes += piece.length
      frames += bytes
      return { id, occurredAt, organizationId, logging, truncated, bytes }
    }),
  )
  // All that a head says is ASCII.
  const size = 4 + head.length + frames
  const block = size <= SCRATCH.length ? SCRATCH : Buffer.allocUnsafeSlow(size)
  block.writeUInt32BE(head.length)
  let at = 4 + block.write(head, 4, 'latin1')
  for (const { pieces } of entries) {
    for (const piece of pieces) {
      block.set(piece, at)
      at += piece.length
    }
  }
  return block.subarray(0, size)
}

/** A block that stands whole in what was read of a segment. */
export interface SealedBlock {
  readonly event: number
  readonly bytes: Buffer
}

/** How long the block is that begins here, its header with it; 0: that much of it is not there. */
export function blockBytes(read: Buffer, at = 0): number {
  return at + HEADER_BYTES > read.length ? 0 : read.readUInt32BE(at)
}

/** The block that begins here; null: the rest of it is not there. */
export function blockAt(read: Buffer, at: number): SealedBlock | null {
  const end = at + blockBytes(read, at)
  if (end === at || end > read.length) return null
  return { event: read.readUIntBE(at + 4, 6), bytes: read.subarray(at, end) }
}

/** The entries of a block. Throws when it was sealed under another installation's key, or changed. */
export function openBlock(cipher: SpoolCipher, { bytes }: SealedBlock): SpooledEntry[] {
  const plain = cipher.open(bytes.subarray(4, HEADER_BYTES), bytes.subarray(HEADER_BYTES))
  let at = 4 + plain.readUInt32BE(0)
  return Head.parse(JSON.parse(plain.toString('utf8', 4, at))).map(({ bytes: length, ...facts }) => {
    const frame = plain.subarray(at, at + length)
    at += length
    return { ...facts, frame }
  })
}
