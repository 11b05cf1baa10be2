import { anthropicErrorBody } from './anthropic/errors.ts'
import { prepareMessage, prepareTokenCount } from './anthropic/messages.ts'
import type { Exchange, PrepareExchange, Wire } from './exchange.ts'
import { FaultSyntaxError } from './faults.ts'
import { prepareChat } from './openai/chat.ts'
import { prepareCompletion } from './openai/completions.ts'
import { prepareEmbeddings } from './openai/embeddings.ts'
import { openAiErrorBody } from './openai/errors.ts'
import { prepareModeration } from './openai/moderations.ts'
import { prepareResponse } from './openai/responses.ts'
import { VendorError } from './vendor-error.ts'

export type ModelEndpoint = { readonly path: string; readonly wire: Wire; readonly prepare: PrepareExchange }

/** Every endpoint that answers with a model, by path. */
export const MODEL_ENDPOINTS: ReadonlyMap<string, ModelEndpoint> = new Map(
  [
    { path: '/v1/chat/completions', wire: 'openai' as const, prepare: prepareChat },
    { path: '/v1/responses', wire: 'openai' as const, prepare: prepareResponse },
    { path: '/v1/completions', wire: 'openai' as const, prepare: prepareCompletion },
    { path: '/v1/embeddings', wire: 'openai' as const, prepare: prepareEmbeddings },
    { path: '/v1/moderations', wire: 'openai' as const, prepare: prepareModeration },
    { path: '/v1/messages', wire: 'anthropic' as const, prepare: prepareMessage },
    { path: '/v1/messages/count_tokens', wire: 'anthropic' as const, prepare: prepareTokenCount },
  ].map(endpoint => [endpoint.path, endpoint]),
)

const CACHED_EXCHANGES = 256
const CACHEABLE_BODY = 16_384
const CACHEABLE_FRAMES = 400

/** Prepares answers and keeps the last ones: an answer depends on path and body alone, and loads repeat themselves. */
export class ExchangeCache {
  #exchanges = new Map<string, Exchange>()

  /**
   * The answer of an endpoint to a body.
   *
   * @param answerTokens length of the answer set by a fault; null: the answer's own
   * @throws VendorError where the vendor would refuse
   */
  exchangeFor(endpoint: ModelEndpoint, text: string, answerTokens: number | null): Exchange {
    if (answerTokens !== null || text.length > CACHEABLE_BODY) return prepare(endpoint, text, answerTokens)
    const key = endpoint.path + text
    const known = this.#exchanges.get(key)
    if (known) return known
    const exchange = prepare(endpoint, text, null)
    if ((exchange.frames?.length ?? 0) <= CACHEABLE_FRAMES) this.#exchanges.set(key, exchange)
    if (this.#exchanges.size > CACHED_EXCHANGES) this.#exchanges.delete(this.#exchanges.keys().next().value ?? '')
    return exchange
  }
}

function prepare(endpoint: ModelEndpoint, text: string, answerTokens: number | null): Exchange {
  try {
    return endpoint.prepare(parseJson(text), answerTokens)
  } catch (error) {
    if (error instanceof FaultSyntaxError) throw new VendorError(400, error.message)
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new VendorError(400, 'We could not parse the JSON body of your request. The body must be valid JSON.')
  }
}

/** The body of an error in the shape of a wire. */
export function vendorErrorBody(wire: Wire, error: VendorError, requestId: string): string {
  if (wire === 'anthropic') return anthropicErrorBody(error.status, error.message, requestId)
  return openAiErrorBody(error.status, error)
}
