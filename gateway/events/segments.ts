import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** A file of the spool: events, a row each (`#core/contracts/event-row.ts`). Names sort by time of creation. */
export interface Segment {
  readonly file: string
  /** Bytes of complete lines written; grows while the segment is the active one. */
  size: number
  /** Bytes shipped and committed. */
  shipped: number
  /** Whether this process writes it. */
  readonly own: boolean
  /** Written to the end: nothing will be added. */
  closed: boolean
}

const NAME = /^(\d{15})\.events$/

export function segmentName(number: number): string {
  return `${String(number).padStart(15, '0')}.events`
}

/** The number in a segment's name: the time it was created, or one more than the segment before. */
export function segmentNumber(segment: Segment): number {
  return Number(NAME.exec(path.basename(segment.file))?.[1] ?? 0)
}

/** Segments that a predecessor left, oldest first; a torn last line is left out of their size. */
export async function leftSegments(directory: string): Promise<Segment[]> {
  const names = (await readdir(directory)).filter(name => NAME.test(name)).sort()
  return Promise.all(
    names.map(async name => {
      const file = path.join(directory, name)
      return { file, size: await completeBytes(file), shipped: 0, own: false, closed: true }
    }),
  )
}

/** Length of a file up to and with its last line end. */
async function completeBytes(file: string): Promise<number> {
  const { size } = await stat(file)
  const handle = await open(file, 'r')
  try {
    const chunk = Buffer.alloc(65_536)
    let end = size
    while (end > 0) {
      const start = Math.max(0, end - chunk.length)
      const { bytesRead } = await handle.read(chunk, 0, end - start, start)
      const last = chunk.subarray(0, bytesRead).lastIndexOf(10)
      if (last >= 0) return start + last + 1
      end = start
    }
    return 0
  } finally {
    await handle.close()
  }
}

/** Bytes that are read at once, and the most that a line can have. */
export const READ_BYTES = 4_194_304

export interface LineBatch {
  /** Complete lines, each with its end. */
  bytes: Buffer
  lines: number
}

/** Reads up to so many complete lines of a segment from where shipping stands. */
export async function readLines(segment: Segment, most: number): Promise<LineBatch> {
  const length = Math.min(segment.size - segment.shipped, READ_BYTES)
  const handle = await open(segment.file, 'r')
  try {
    const buffer = Buffer.allocUnsafe(length)
    const { bytesRead } = await handle.read(buffer, 0, length, segment.shipped)
    const read = buffer.subarray(0, bytesRead)
    let lines = 0
    let end = 0
    for (let at = read.indexOf(10); at >= 0 && lines < most; at = read.indexOf(10, end)) {
      lines++
      end = at + 1
    }
    return { bytes: read.subarray(0, end), lines }
  } finally {
    await handle.close()
  }
}

/** The lines of a batch, each without its end. */
export function linesOf({ bytes }: Pick<LineBatch, 'bytes'>): string[] {
  return bytes.length === 0 ? [] : bytes.toString('utf8', 0, bytes.length - 1).split('\n')
}
