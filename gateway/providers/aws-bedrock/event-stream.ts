import { EventStreamCodec } from '@smithy/eventstream-codec'
import type { StreamDecoder } from '../vendor.ts'

/** One message of the stream, its two kinds of failure told apart from events. */
export interface EventMessage {
  kind: 'event' | 'exception'
  /** The event's or the exception's type. */
  type: string
  body: string
}

/** Total length, headers' length and the checksum of both; then headers, payload, and the checksum of all. */
const PRELUDE_BYTES = 12
const LEAST_BYTES = 16
/** Largest message that is waited for. Bedrock's are below 1 MiB. */
const MOST_BYTES = 16 * 1024 * 1024

const codec = new EventStreamCodec(
  bytes => Buffer.from(bytes as Uint8Array).toString('utf8'),
  text => Buffer.from(text, 'utf8'),
)

/**
 * Cuts AWS's binary event stream (`application/vnd.amazon.eventstream`) into messages, wherever the chunks begin and
 * end, checks both checksums of each, and gives what each of them becomes.
 */
export class EventStreamDecoder implements StreamDecoder {
  readonly contentType = 'application/vnd.amazon.eventstream'
  readonly #write: (message: EventMessage) => string
  #rest: Buffer | null = null

  constructor(write: (message: EventMessage) => string) {
    this.#write = write
  }

  push(chunk: Buffer): Buffer {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    let text = ''
    while (bytes.length >= PRELUDE_BYTES) {
      const length = bytes.readUInt32BE(0)
      if (length < LEAST_BYTES || length > MOST_BYTES) throw new RangeError('not a message of an event stream')
      if (bytes.length < length) break
      text += this.#write(read(bytes.subarray(0, length)))
      bytes = bytes.subarray(length)
    }
    this.#rest = bytes.length > 0 ? bytes : null
    return Buffer.from(text)
  }
}

function read(bytes: Buffer): EventMessage {
  const { headers, body } = codec.decode(bytes)
  const header = (name: string) => String(headers[name]?.value ?? '')
  const text = Buffer.from(body).toString('utf8')
  switch (header(':message-type')) {
    case 'event':
      return { kind: 'event', type: header(':event-type'), body: text }
    case 'exception':
      return { kind: 'exception', type: header(':exception-type'), body: text }
    case 'error': {
      const message = header(':error-message')
      return { kind: 'exception', type: header(':error-code'), body: JSON.stringify({ message }) }
    }
    default:
      throw new RangeError('a message of an unknown kind')
  }
}
