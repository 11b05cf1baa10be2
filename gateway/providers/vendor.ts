import type { IncomingHttpHeaders } from 'node:http'
import type { ProviderCredential } from '#core/provider-credential.ts'
import type { Operation } from '#gateway/operations.ts'

/** One model's operation at one provider. */
export interface VendorCall {
  readonly base: URL
  readonly operation: Operation
  /** What the provider calls the model. */
  readonly model: string
  readonly credential: ProviderCredential | null
}

/** Where a call goes. */
export interface Endpoint {
  /** Path and query on the provider's origin. */
  readonly path: string
  /** Where it goes when the answer is to be streamed; left out: the same. */
  readonly streamPath?: string
  /** Left out: the vendor speaks the dialect as it is. */
  readonly wire?: Wire
}

/** How a vendor's own form of a dialect differs from it. */
export interface Wire {
  /** The body for the vendor, from one in the dialect. Throws UntranslatableError. Left out: it is the dialect's. */
  body?(fields: Record<string, unknown>, call: WireCall): Record<string, unknown>
  /**
   * The fields in place of those in the dialect, where the vendor would refuse these; null: it takes them as they are.
   * Left out: it always does.
   */
  amended?(fields: Record<string, unknown>, model: string): Record<string, unknown> | null
  /** A whole answer in the dialect. Throws SyntaxError when it cannot be read. Left out: it is in the dialect. */
  answer?(body: unknown, model: string, context: AnswerContext): unknown
  /** An error in the dialect; left out: it is. */
  error?(status: number, headers: IncomingHttpHeaders, body: Buffer): Buffer
  /** A decoder of the vendor's stream; left out: it is the dialect's server-sent events. */
  stream?(model: string): StreamDecoder
}

/** What an answer is read with, besides its body. */
export interface AnswerContext {
  readonly headers: IncomingHttpHeaders
  /** The request in the dialect. */
  readonly fields: Record<string, unknown>
}

export interface WireCall {
  /** What the provider calls the model. */
  readonly model: string
  readonly maxOutputTokens: number | null
  /** The client's headers; null: the request was translated, and they are of another dialect. */
  readonly headers: IncomingHttpHeaders | null
  /** Takes the names of fields that are not carried on. */
  readonly dropped: Set<string>
}

/** Turns a vendor's stream into the dialect's server-sent events, wherever the chunks begin and end. */
export interface StreamDecoder {
  /** The content type of streams that it reads. */
  readonly contentType: string
  /** Throws when the bytes are not of the vendor's form. */
  push(chunk: Buffer): Buffer
}

/** How one vendor is spoken to. */
export interface Vendor {
  /** Null: the vendor does not serve that operation here. */
  endpoint(call: VendorCall): Endpoint | null
  /** An API key as header names and values, flat. */
  keyHeaders(credential: ProviderCredential & { type: 'api_key' }, operation: Operation): string[]
  /** Headers of the client that go on to this vendor, in lower case. */
  readonly forwards: readonly string[]
}
