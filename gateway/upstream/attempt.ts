import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, errors } from 'undici'
import { streamReader } from '#gateway/dialects/stream-reader.ts'
import type { Exchange } from '#gateway/exchange.ts'
import type { Target } from '#gateway/providers/targets.ts'
import type { StreamDecoder, Wire } from '#gateway/providers/vendor.ts'
import { answerInDialect } from './answer-in-dialect.ts'
import type { AttemptRequest, AttemptResult } from './attempt-result.ts'
import { type ContentEncodingError, type DecodedReader, type Decoder, decoderOf } from './content-decoder.ts'
import { StreamRelay } from './stream-relay.ts'
import { unreadable, upstreamFailure } from './upstream-failure.ts'

/** Largest whole answer that is held in memory, and most that is decoded of any: a few bytes could grow without end. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** A provider that has begun to work on a request closes the connection later than this, if at all. */
const MOST_STALE_MS = 500

const CLIENT_LEFT = new Error('the client left')

class FirstByteTimeout extends Error {
  readonly code = 'UND_ERR_HEADERS_TIMEOUT'
}

class AnswerTooLarge extends Error {
  readonly code = 'UND_ERR_RES_EXCEEDED_MAX_SIZE'
}

/** One call of a provider, from dispatch to the last byte. A handler of undici, without its stream layers. */
export class Attempt implements Dispatcher.DispatchHandler, DecodedReader {
  readonly done: Promise<AttemptResult>
  status: number | null = null
  /** Whether the request has left for the provider. */
  reached = false
  headers: IncomingHttpHeaders = {}
  /** Milliseconds to the first token of a stream; null: it is none, or none came. */
  firstTokenMs: number | null = null
  #began = 0
  #firstByte: NodeJS.Timeout | undefined
  readonly #exchange: Exchange
  #controller: Dispatcher.DispatchController | null = null
  #relay: StreamRelay | null = null
  #wire: Wire | null = null
  #decoder: StreamDecoder | null = null
  /** Null: the answer comes as it is, as providers are asked to send it. */
  #encoded: Decoder | null = null
  #chunks: Buffer[] = []
  #size = 0
  #resolve: ((result: AttemptResult) => void) | null = null
  #left = false

  constructor(exchange: Exchange) {
    this.#exchange = exchange
    this.done = new Promise(resolve => {
      this.#resolve = resolve
    })
  }

  /** Sends the request. */
  start(target: Target, { path, headers, body, headersTimeout, firstByteMs }: AttemptRequest): void {
    this.#wire = target.wire
    this.#began = performance.now()
    if (firstByteMs !== null) this.#firstByte = setTimeout(() => this.abort(new FirstByteTimeout()), firstByteMs)
    const bodyTimeout = this.#exchange.services.environment.GATEWAY_STALL_TIMEOUT_MS
    target.pool.dispatch(
      { path, method: 'POST', headers: headers as string[], body, headersTimeout, bodyTimeout },
      this,
    )
  }

  /** The first token of a stream is on its way to the client. */
  noteFirstToken(): void {
    this.firstTokenMs = performance.now() - this.#began
    clearTimeout(this.#firstByte)
  }

  /** Ends the call: nobody waits for the answer any more. */
  leave(): void {
    this.#left = true
    this.abort(CLIENT_LEFT)
  }

  abort(reason: Error): void {
    this.#controller?.abort(reason)
    if (!this.#encoded) return
    // What is left to decode outlasts the call, and undici says nothing after the last byte.
    this.#encoded.destroy()
    this.#fail(reason)
  }

  /** Ends the attempt; later results change nothing. */
  finish(result: AttemptResult): void {
    clearTimeout(this.#firstByte)
    this.#resolve?.(result)
    this.#resolve = null
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#left) controller.abort(CLIENT_LEFT)
    else this.reached = true
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    // Some servers tell the creation of an answer by a status of its own.
    this.status = status < 300 ? 200 : status
    this.headers = headers
    const encoding = headers['content-encoding']
    if (encoding !== undefined && !this.#startDecoding(controller, String(encoding))) return
    if (this.status !== 200 || !this.#exchange.streaming || !this.#opensStream(headers)) {
      clearTimeout(this.#firstByte)
      return
    }
    const reader = streamReader(this.#exchange)
    // An answer that is no stream has begun; of a stream, the first frame counts.
    if (reader) this.#relay = new StreamRelay(this.#exchange, this, this.#encoded ?? controller, reader)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#encoded) this.#encoded.push(chunk)
    else this.#take(chunk)
  }

  onResponseEnd(): void {
    if (this.#encoded) this.#encoded.end()
    else this.#takeEnd()
  }

  onDecoded(chunk: Buffer): void {
    this.#take(chunk)
  }

  onDecodedEnd(): void {
    this.#takeEnd()
  }

  onDecodingError(error: ContentEncodingError): void {
    this.#fail(error)
    this.#controller?.abort(error)
  }

  /** Whether what comes can be decoded; what cannot fails the attempt. */
  #startDecoding(controller: Dispatcher.DispatchController, header: string): boolean {
    try {
      this.#encoded = decoderOf(header, controller, this)
      return true
    } catch (error) {
      this.onDecodingError(error as ContentEncodingError)
      return false
    }
  }

  #take(chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > MAX_ANSWER_BYTES && (this.#encoded || !this.#relay)) this.abort(new AnswerTooLarge())
    else if (!this.#relay) this.#chunks.push(chunk)
    else if (this.#decoder) this.#decode(this.#relay, this.#decoder, chunk)
    else this.#relay.push(chunk)
  }

  #takeEnd(): void {
    if (this.#relay) {
      this.#relay.end()
      return
    }
    const [only] = this.#chunks
    const body = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks, this.#size)
    this.#finishWhole(this.status ?? 502, body)
  }

  /** A whole answer, out of the vendor's form into the dialect. */
  #finishWhole(status: number, body: Buffer): void {
    const { headers } = this
    try {
      const told = this.#wire ? answerInDialect(this.#wire, { status, headers, body }, this.#exchange) : body
      this.finish({ kind: 'answer', status, headers, body: told })
    } catch (error) {
      this.finish({ kind: 'failed', failure: unreadable(this.#exchange, error), reached: true })
    }
  }

  /** Whether what comes is a stream; a vendor's own kind is told to the client as server-sent events. */
  #opensStream(headers: IncomingHttpHeaders): boolean {
    const type = headers['content-type']
    if (type?.startsWith('text/event-stream')) return true
    const decoder = this.#wire?.stream?.(this.#upstreamModel())
    if (!decoder || !type?.startsWith(decoder.contentType)) return false
    this.#decoder = decoder
    this.headers = { ...headers, 'content-type': 'text/event-stream' }
    return true
  }

  #decode(relay: StreamRelay, decoder: StreamDecoder, chunk: Buffer): void {
    let frames: Buffer
    try {
      frames = decoder.push(chunk)
    } catch (error) {
      relay.fail(unreadable(this.#exchange, error))
      this.abort(error instanceof Error ? error : new Error('the stream cannot be read'))
      return
    }
    if (frames.length > 0) relay.push(frames)
  }

  #upstreamModel(): string {
    return this.#exchange.served?.model.document.upstreamModel ?? ''
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#encoded?.destroy()
    this.#fail(error)
  }

  #fail(error: Error): void {
    if (this.#left) {
      this.#relay?.stop()
      this.finish({ kind: 'gone', reached: this.reached })
      return
    }
    const failure = upstreamFailure(error, this.#exchange)
    if (this.#relay) this.#relay.fail(failure)
    else this.finish({ kind: 'failed', failure, reached: this.reached, ...(this.#isStale(error) && { stale: true }) })
  }

  /** Whether the connection was used before, and closed without an answer as soon as it was used again. */
  #isStale(error: Error): boolean {
    if (this.status !== null || performance.now() - this.#began > MOST_STALE_MS) return false
    return error instanceof errors.SocketError && (error.socket?.bytesRead ?? 0) > 0
  }
}
