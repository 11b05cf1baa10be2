import { CACHE_WISHES, type CacheWish } from '#core/cache/cache-policy.ts'
import type { Attribution, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { PipelineStage } from './stage.ts'

const HEADERS: readonly [string, keyof Attribution][] = [
  ['x-gatehouse-workload', 'workload'],
  ['x-gatehouse-use-case', 'useCase'],
  ['x-gatehouse-user', 'endUser'],
  ['x-gatehouse-session', 'session'],
  ['x-gatehouse-data-class', 'dataClass'],
]
const CACHE_HEADER = 'x-gatehouse-cache'
const MAX_LENGTH = 128
const PRINTABLE = /^[\x20-\x7e]+$/

/** W3C Trace Context, section 3.2. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/

/** Reads what the caller says the request is for; evidence carries it. Team and person come from the key. */
export const attribute: PipelineStage = {
  name: 'attribute',
  run(exchange) {
    for (const [header, field] of HEADERS) {
      const value = exchange.request.headers[header]
      if (value !== undefined) exchange.attribution[field] = checked(header, exchange)
    }
    if (exchange.request.headers[CACHE_HEADER] !== undefined) exchange.cacheWish = wishOf(exchange)
    const parent = exchange.header('traceparent')
    if (parent) exchange.traceId = TRACEPARENT.exec(parent)?.[1] ?? null
  },
}

function wishOf(exchange: Exchange): CacheWish {
  const text = exchange.header(CACHE_HEADER)?.trim().toLowerCase() ?? ''
  const wish = text === '' ? 'default' : CACHE_WISHES.find(one => one === text)
  if (wish) return wish
  const words = `The header ${CACHE_HEADER} must be one of ${CACHE_WISHES.join(', ')}.`
  throw new Refusal(400, 'invalid_header', words, { param: CACHE_HEADER })
}

function checked(header: string, exchange: Exchange): string | null {
  const text = exchange.header(header)?.trim() ?? ''
  if (text === '') return null
  if (text.length <= MAX_LENGTH && PRINTABLE.test(text)) return text
  const words = `The header ${header} must have at most ${MAX_LENGTH} printable ASCII characters.`
  throw new Refusal(400, 'invalid_header', words, { param: header })
}
