import type { Transform } from 'node:stream'
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'

/** Where bytes come from, and what a reader that falls behind holds up. */
export interface Source {
  pause(): void
  resume(): void
}

/** Who gets what was decoded: as much of it as each chunk yields, at once. */
export interface DecodedReader {
  onDecoded(chunk: Buffer): void
  onDecodedEnd(): void
  /** The bytes cannot be decoded: nothing more comes. */
  onDecodingError(error: ContentEncodingError): void
}

/** What came is not of its content encoding, or breaks off in it. */
export class ContentEncodingError extends Error {
  readonly incomplete: boolean

  constructor(message: string, incomplete: boolean) {
    super(message)
    this.incomplete = incomplete
  }
}

/** RFC 9659: no zstd of HTTP needs a larger window, so no one makes the gateway keep one. */
const ZSTD_WINDOW_LOG = 23

const NOTHING = Buffer.alloc(0)
/** Bytes that are decoded at a time. */
const chunkSize = 64 * 1024

/** Each content encoding of RFC 9110 and its successors; the first byte tells the two forms of `deflate` apart. */
const DECODERS = new Map<string, (first: number) => Transform>([
  ['gzip', () => createGunzip({ chunkSize })],
  ['x-gzip', () => createGunzip({ chunkSize })],
  ['deflate', first => ((first & 0x0f) === 8 ? createInflate({ chunkSize }) : createInflateRaw({ chunkSize }))],
  ['br', () => createBrotliDecompress({ chunkSize })],
  ['zstd', () => createZstdDecompress({ chunkSize, params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } })],
])

/** Most encodings of one answer: nobody has a use for more than two, and each is work that a few bytes can ask for. */
const MOST_ENCODINGS = 3
/** Most bytes between two encodings; as much as is decoded of any answer. */
const MOST_BETWEEN = 64 * 1024 * 1024

/** What takes the encodings off an answer as it comes. A reader that pauses it pauses the provider. */
export interface Decoder extends Source {
  push(chunk: Buffer): void
  /** The provider has sent all. */
  end(): void
  /** Nothing more is decoded; the reader hears nothing more. */
  destroy(): void
}

/**
 * A decoder of a `content-encoding`, which lists encodings in the order they were applied (RFC 9110, section 8.4); null:
 * it lists none. Throws ContentEncodingError for one that cannot be decoded, or too many.
 */
export function decoderOf(header: string, source: Source, reader: DecodedReader): Decoder | null {
  const encodings = header.split(',').map(one => one.trim().toLowerCase())
  const applied = encodings.filter(one => one !== '' && one !== 'identity')
  if (applied.length > MOST_ENCODINGS) {
    throw new ContentEncodingError(`${applied.length} content encodings are more than ${MOST_ENCODINGS}`, false)
  }
  const [only] = applied
  if (only === undefined) return null
  return applied.length === 1 ? new ContentDecoder(only, source, reader) : new DecoderChain(applied, source, reader)
}

/** Takes off several encodings, the last that was applied first, each feeding the next. */
class DecoderChain implements Decoder {
  /** The first takes what the provider sends. */
  readonly #decoders: ContentDecoder[] = []

  constructor(applied: readonly string[], source: Source, reader: DecodedReader) {
    for (const [at, encoding] of [...applied].reverse().entries()) {
      const to = at === applied.length - 1 ? reader : this.#feeding(at + 1, reader)
      this.#decoders.push(new ContentDecoder(encoding, this.#decoders[at - 1] ?? source, to))
    }
  }

  push(chunk: Buffer): void {
    this.#decoders[0]?.push(chunk)
  }

  end(): void {
    this.#decoders[0]?.end()
  }

  pause(): void {
    this.#decoders.at(-1)?.pause()
  }

  resume(): void {
    this.#decoders.at(-1)?.resume()
  }

  destroy(): void {
    for (const decoder of this.#decoders) decoder.destroy()
  }

  #feeding(next: number, reader: DecodedReader): DecodedReader {
    let size = 0
    const fail = (error: ContentEncodingError) => {
      this.destroy()
      reader.onDecodingError(error)
    }
    return {
      onDecoded: chunk => {
        size += chunk.length
        if (size > MOST_BETWEEN) fail(new ContentEncodingError('too much lies between two content encodings', false))
        else this.#decoders[next]?.push(chunk)
      },
      onDecodedEnd: () => this.#decoders[next]?.end(),
      onDecodingError: fail,
    }
  }
}

/**
 * Takes one content encoding off an answer of a provider that compresses what it was asked to send as it is. Keeps no
 * more than one chunk and the encoding's window: a reader that pauses it pauses the provider.
 */
class ContentDecoder implements Decoder {
  readonly #source: Source
  readonly #reader: DecodedReader
  readonly #create: (first: number) => Transform
  #stream: Transform | null = null

  /** `encoding` in lower case. Throws ContentEncodingError when it is not one that can be decoded. */
  constructor(encoding: string, source: Source, reader: DecodedReader) {
    const create = DECODERS.get(encoding)
    if (!create) throw new ContentEncodingError(`${encoding} is no content encoding that can be decoded`, false)
    this.#create = create
    this.#source = source
    this.#reader = reader
  }

  push(chunk: Buffer): void {
    const [first] = chunk
    if (first === undefined) return
    this.#stream ??= this.#open(first)
    if (this.#stream.write(chunk)) return
    this.#source.pause()
    this.#stream.once('drain', () => this.#source.resume())
  }

  /** The provider has sent all. Nothing at all is whole, as the body of many an error is. */
  end(): void {
    const stream = this.#stream
    if (!stream) this.#reader.onDecodedEnd()
    // To end while it works would take with it what comes before a break.
    else stream.write(NOTHING, error => void (error ?? stream.end()))
  }

  pause(): void {
    this.#stream?.pause()
  }

  resume(): void {
    this.#stream?.resume()
  }

  /** Nothing more is decoded; the reader hears nothing more. */
  destroy(): void {
    this.#stream?.destroy()
  }

  #open(first: number): Transform {
    const reader = this.#reader
    return this.#create(first)
      .on('data', (chunk: Buffer) => reader.onDecoded(chunk))
      .on('end', () => reader.onDecodedEnd())
      .on('error', ({ message, code }: NodeJS.ErrnoException) =>
        reader.onDecodingError(new ContentEncodingError(message, code === 'Z_BUF_ERROR')),
      )
  }
}
