import type { IncomingHttpHeaders } from 'node:http'
import type { Refusal } from '#gateway/refusal.ts'

/** How one call of a provider ended. */
export type AttemptResult =
  /** A whole answer, good or bad. */
  | { kind: 'answer'; status: number; headers: IncomingHttpHeaders; body: Buffer }
  /** A stream that was passed on, but for its end; the exchange says how it went. */
  | { kind: 'relayed' }
  /**
   * No answer. `reached`: the provider may have worked on the request. `stale`: it closed a connection that had been
   * idle just as the request came, which says nothing of the request, nor of the provider.
   */
  | { kind: 'failed'; failure: Refusal; reached: boolean; stale?: true }
  | { kind: 'gone'; reached: boolean }

/** What is sent, and how long it may take. */
export interface AttemptRequest {
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer
  readonly headersTimeout: number
  /** Milliseconds until the head of an answer or the first frame of a stream; null: the other limits hold. */
  readonly firstByteMs: number | null
}
