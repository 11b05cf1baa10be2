import { keepStream } from '#gateway/content/keep-content.ts'
import { errorEvent } from '#gateway/dialects/error-body.ts'
import type { StreamReader } from '#gateway/dialects/stream-reader.ts'
import { type StreamTranslation, translatedError } from '#gateway/dialects/translation.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { guardStream, type Verdict } from '#gateway/inspection/answer-guard.ts'
import { hideCredential } from '#gateway/providers/hide-credential.ts'
import type { Refusal } from '#gateway/refusal.ts'
import type { Attempt } from './attempt.ts'
import { ClientStream } from './client-stream.ts'
import type { Source } from './content-decoder.ts'
import { embeddedError } from './embedded-error.ts'
import { type SseFrame, SseFrames } from './sse-frames.ts'
import { incomplete, unreadable } from './upstream-failure.ts'

const ENDED = new Error('the stream is over')

/**
 * Passes a stream on, frame by frame as it comes. The first frame is read before the status is sent, so that an
 * error inside a 200 can still be retried or told properly. The dialect's last event is held back as the
 * exchange's answer: it goes out when the request is recorded. A stream that cannot go on ends in an error event.
 */
export class StreamRelay {
  readonly #exchange: Exchange
  readonly #attempt: Attempt
  readonly #client: ClientStream
  readonly #reader: StreamReader
  readonly #frames = new SseFrames()
  readonly #translation: StreamTranslation | null
  #over = false
  /** What came while a thread reads the frame before it; null: none reads. */
  #held: SseFrame[] | null = null
  /** The provider has sent all, and a thread still reads. */
  #hasEnded = false

  constructor(exchange: Exchange, attempt: Attempt, source: Source, reader: StreamReader) {
    this.#exchange = exchange
    this.#attempt = attempt
    this.#client = new ClientStream(exchange, attempt, source)
    this.#reader = reader
    reader.kept = keepStream(exchange)
    this.#translation = exchange.translation?.stream(exchange.wantsUsage) ?? null
    exchange.answerGuard = guardStream(exchange)
  }

  push(chunk: Buffer): void {
    if (this.#over) return
    try {
      const frames = this.#frames.push(chunk)
      if (this.#held) this.#held.push(...frames)
      else this.#takeAll(frames)
    } catch (error) {
      this.#giveUp(error)
    }
  }

  /** The provider has sent all. */
  end(): void {
    if (this.#over) return
    this.#hasEnded = true
    if (this.#held) return
    const rest = this.#frames.rest()
    try {
      if (rest) this.#takeAll([rest])
    } catch (error) {
      this.fail(unreadable(this.#exchange, error))
    }
    if (this.#over || this.#held) return
    const stopped = this.#exchange.answerGuard?.finish() ?? null
    if (stopped instanceof Promise) this.#holdUntil(stopped, refusal => this.#close(refusal))
    else this.#close(stopped)
  }

  /** The stream cannot go on. */
  fail(failure: Refusal): void {
    if (this.#over) return
    const exchange = this.#exchange
    this.#over = true
    this.#note()
    if (!exchange.committed) {
      this.#attempt.finish({ kind: 'failed', failure, reached: true })
      return
    }
    exchange.outcome = 'incomplete'
    exchange.errorCode = failure.code
    exchange.message = failure.message
    this.#hold(errorEvent(exchange, failure))
  }

  /** The client left: keeps what has been consumed. */
  stop(): void {
    if (this.#over) return
    this.#over = true
    this.#note()
  }

  /** Deals with frames in their order, up to one that a thread has to read: those behind it are held. */
  #takeAll(frames: readonly SseFrame[]): void {
    const out: Buffer[] = []
    let wasLast = false
    try {
      for (let at = 0; at < frames.length && !wasLast; at++) {
        const { bytes, data } = frames[at] as SseFrame
        wasLast = this.#take(bytes, data, out)
        if (!this.#held) continue
        this.#held.push(...frames.slice(at + 1))
        break
      }
    } finally {
      // With the last frame all has been written.
      if (!wasLast) this.#client.write(out)
    }
  }

  /** Deals with one frame; returns true when it was the last. */
  #take(bytes: Buffer, data: string | null, out: Buffer[]): boolean {
    if (data === null) {
      this.#client.comment(bytes, out)
      return false
    }
    const verdict = this.#reader.read(data)
    if (verdict === 'error') return this.#providerError(bytes, data, out)
    if (!this.#exchange.committed) this.#client.begin()
    const stopped = this.#inspect(verdict === 'end')
    if (!(stopped instanceof Promise)) return this.#pass(bytes, data, verdict, stopped, out)
    this.#holdUntil(stopped, refusal => {
      const late: Buffer[] = []
      if (!this.#pass(bytes, data, verdict, refusal, late)) this.#client.write(late)
    })
    return false
  }

  /** What the guard says of the event that was read last. */
  #inspect(isLast: boolean): Verdict {
    const guard = this.#exchange.answerGuard
    if (!guard) return null
    const stopped = guard.read(this.#reader.event)
    if (!isLast) return stopped
    return stopped instanceof Promise ? stopped.then(refusal => refusal ?? guard.finish()) : (stopped ?? guard.finish())
  }

  /** Sends a frame that was inspected, or what ends the stream in its place; returns true when it was the last. */
  #pass(
    bytes: Buffer,
    data: string,
    verdict: 'pass' | 'drop' | 'end',
    stopped: Refusal | null,
    out: Buffer[],
  ): boolean {
    if (stopped) return this.#refuse(stopped, out)
    if (this.#translation) out.push(this.#translation.push(data))
    else if (verdict === 'pass') out.push(bytes)
    if (verdict !== 'end') return false
    this.#client.write(out)
    this.#complete(this.#translation?.finish() ?? bytes)
    return true
  }

  /** Holds what comes, and the provider, until a thread has read; then goes on with what was held. */
  #holdUntil(verdict: Promise<Refusal | null>, then: (refusal: Refusal | null) => void): void {
    const held: SseFrame[] = []
    this.#held = held
    this.#client.hold()
    verdict.then(refusal => {
      this.#held = null
      if (this.#over) return
      try {
        then(refusal)
        if (!this.#over) this.#takeAll(held)
      } catch (error) {
        this.#giveUp(error)
      }
      if (this.#over || this.#held) return
      if (this.#hasEnded) this.end()
      else this.#client.release()
    })
  }

  /** What the provider sends cannot be read. */
  #giveUp(error: unknown): void {
    this.fail(unreadable(this.#exchange, error))
    this.#attempt.abort(ENDED)
  }

  /** The last frame has come, and all was inspected. */
  #close(stopped: Refusal | null): void {
    if (stopped) this.#refuse(stopped, [])
    else if (this.#reader.complete && this.#reader.ending)
      this.#complete(this.#translation?.finish() ?? this.#reader.ending)
    else this.fail(incomplete(this.#exchange))
  }

  /** What comes next must not be sent. */
  #refuse(refusal: Refusal, out: Buffer[]): boolean {
    this.#client.write(out)
    this.fail(refusal)
    if (this.#exchange.committed) this.#exchange.outcome = refusal.outcome
    this.#attempt.abort(ENDED)
    return true
  }

  #providerError(bytes: Buffer, data: string, out: Buffer[]): boolean {
    const exchange = this.#exchange
    this.#client.write(out)
    this.#over = true
    this.#note()
    this.#attempt.abort(ENDED)
    const provider = exchange.served?.provider
    const shown = hideCredential(provider, Buffer.from(data))
    const error = embeddedError(shown.toString('utf8'))
    if (!exchange.committed) {
      const headers = { ...this.#attempt.headers, 'content-type': 'application/json' }
      this.#attempt.status = error.status
      this.#attempt.finish({ kind: 'answer', status: error.status, headers, body: shown })
      return true
    }
    exchange.outcome = 'upstream_error'
    exchange.errorCode = error.code
    exchange.message = error.message
    const told = exchange.translation ? translatedError(exchange, error.status, error) : null
    this.#hold(told ? errorEvent(exchange, told) : hideCredential(provider, bytes))
    return true
  }

  #complete(ending: Buffer): void {
    this.#over = true
    this.#note()
    this.#exchange.usageFinal = this.#reader.usage !== null
    this.#hold(ending)
  }

  #hold(body: Buffer): void {
    this.#exchange.answer = { status: 200, headers: null, body }
    this.#attempt.finish({ kind: 'relayed' })
  }

  /** Takes over what has been consumed so far. */
  #note(): void {
    const exchange = this.#exchange
    if (exchange.committed || this.#reader.usage !== null) exchange.consumed = true
    exchange.reportedUsage = this.#reader.usage
    exchange.generated = this.#reader.generated
    exchange.nextEvent = this.#translation?.written ?? this.#reader.next
    // Usage of a chat comes once, at the end; that of a message grows until its last delta.
    exchange.usageFinal =
      this.#reader.usage !== null && (exchange.upstream.name !== 'messages' || this.#reader.complete)
  }
}
