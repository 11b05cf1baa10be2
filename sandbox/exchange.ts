import type { Fault } from './faults.ts'

export type Wire = 'openai' | 'anthropic'

/** A prepared answer: a pure function of path and body, so equal requests get equal bytes. */
export type Exchange = {
  readonly wire: Wire
  readonly model: string
  /** Faults that the request's text asks for. */
  readonly fault: Fault
  /** The whole answer, for a request that does not stream. */
  readonly body: Buffer | null
  /** The answer as server-sent events, for one that does. */
  readonly frames: readonly string[] | null
  /** The event by which this wire reports an error inside a stream. */
  readonly errorFrame: string
}

/** Prepares the answer to a parsed body. Throws VendorError where the vendor would refuse. */
export type PrepareExchange = (body: unknown, answerTokens: number | null) => Exchange
