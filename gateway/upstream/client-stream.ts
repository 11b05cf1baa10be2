import type { Exchange } from '#gateway/exchange.ts'
import { responseHeaders } from '#gateway/response-headers.ts'
import type { Attempt } from './attempt.ts'
import type { Source } from './content-decoder.ts'

const MOST_EARLY_BYTES = 64 * 1024

/** What the client receives of a stream, its end left out. A client that reads slowly slows the provider down. */
export class ClientStream {
  readonly #exchange: Exchange
  readonly #attempt: Attempt
  readonly #source: Source
  /** Comments that came before the head was sent, as many as are worth their memory. */
  #early: Buffer[] = []
  #earlyBytes = 0
  #isHeld = false

  constructor(exchange: Exchange, attempt: Attempt, source: Source) {
    this.#exchange = exchange
    this.#attempt = attempt
    this.#source = source
  }

  /** Sends the head, and the comments that came before it. */
  begin(): void {
    const exchange = this.#exchange
    exchange.committed = true
    exchange.consumed = true
    exchange.firstTokenMs = exchange.elapsedMs()
    this.#attempt.noteFirstToken()
    exchange.response.writeHead(200, responseHeaders(exchange, this.#attempt.headers))
    this.write(this.#early)
    this.#early = []
  }

  /** Takes a comment, which is sent with the head at the earliest. */
  comment(bytes: Buffer, out: Buffer[]): void {
    if (this.#exchange.committed) {
      out.push(bytes)
      return
    }
    this.#earlyBytes += bytes.length
    if (this.#earlyBytes <= MOST_EARLY_BYTES) this.#early.push(bytes)
  }

  /** Sends what there is, once the head was. */
  write(out: readonly Buffer[]): void {
    const { response, committed, cache, services } = this.#exchange
    const [first] = out
    if (!first || !committed) return
    const bytes = out.length === 1 ? first : Buffer.concat(out)
    if (bytes.length === 0) return
    this.#exchange.responseBytes += bytes.length
    cache?.recording?.push(bytes)
    if (response.write(bytes) || response.destroyed) return
    this.#source.pause()
    // One that has stopped reading has left.
    response.setTimeout(services.environment.GATEWAY_STALL_TIMEOUT_MS, () => response.destroy())
    response.once('drain', () => {
      response.setTimeout(0)
      this.#goOn()
    })
  }

  /** The provider is to wait, however fast the client reads. */
  hold(): void {
    this.#isHeld = true
    this.#source.pause()
  }

  /** The provider may go on as fast as the client reads. */
  release(): void {
    this.#isHeld = false
    this.#goOn()
  }

  #goOn(): void {
    if (!this.#isHeld && !this.#exchange.response.writableNeedDrain) this.#source.resume()
  }
}
