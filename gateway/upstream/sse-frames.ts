/** One frame of a server-sent event stream: its bytes as they came, with the empty line that ends it. */
export interface SseFrame {
  readonly bytes: Buffer
  /** The joined `data` lines; null: none, as in a comment. */
  readonly data: string | null
}

/** Largest frame that is waited for; a stream that sends more without an empty line is malformed. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024

const LF = 10
const CR = 13

/** Cuts a server-sent event stream (WHATWG HTML, section 9.2) into frames, wherever the chunks begin and end. */
export class SseFrames {
  #rest: Buffer | null = null

  /** Bytes that belong to no complete frame yet. */
  get pending(): number {
    return this.#rest?.length ?? 0
  }

  /** The frames that end in this chunk. Throws RangeError when one grows beyond the limit. */
  push(chunk: Buffer): SseFrame[] {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    // The end may lie across the seam: look again from three bytes before it.
    let from = this.#rest ? Math.max(0, this.#rest.length - 3) : 0
    const frames: SseFrame[] = []
    let start = 0
    for (let end = frameEnd(bytes, from); end >= 0; end = frameEnd(bytes, from)) {
      frames.push(frameOf(bytes.subarray(start, end)))
      start = end
      from = end
    }
    this.#rest = start === bytes.length ? null : bytes.subarray(start)
    if (this.pending > MAX_FRAME_BYTES) throw new RangeError('a frame of the stream is larger than 16 MiB')
    return frames
  }

  /** What is left at the end of the stream, as a frame: some servers leave out the last empty line. */
  rest(): SseFrame | null {
    const rest = this.#rest
    this.#rest = null
    return rest ? frameOf(Buffer.concat([rest, Buffer.from('\n\n')])) : null
  }
}

/** Index after the next empty line, or −1. */
function frameEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3
  }
  return -1
}

function frameOf(bytes: Buffer): SseFrame {
  // Section 9.2.4 lets a stream begin with a byte order mark.
  const text = bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)
  if (text.startsWith('data:')) {
    const end = text.indexOf('\n')
    const only = text.length - end <= 3
    if (only) return { bytes, data: fieldValue(text.slice(5, end)) }
  }
  let data: string | null = null
  for (const line of text.split('\n')) {
    if (!line.startsWith('data:')) continue
    const value = fieldValue(line.slice(5))
    data = data === null ? value : `${data}\n${value}`
  }
  return { bytes, data }
}

function fieldValue(text: string): string {
  const end = text.endsWith('\r') ? text.length - 1 : text.length
  return text.slice(text.startsWith(' ') ? 1 : 0, end)
}
