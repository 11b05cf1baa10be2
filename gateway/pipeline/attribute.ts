import { CACHE_WISHES, type CacheWish } from '#core/cache/cache-policy.ts'
import type { Attribution, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { workloadOf } from '#gateway/workloads/request-workload.ts'
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

/**
 * Reads what the caller says the request is for; evidence carries it. Team and person come from the key, and so does
 * the workload of a key that is bound to one.
 */
export const attribute: PipelineStage = {
  name: 'attribute',
  run(exchange) {
    for (const [header, field] of HEADERS) {
      const value = exchange.request.headers[header]
      if (value !== undefined) exchange.attribution[field] = checked(header, exchange)
    }
    const parent = exchange.header('traceparent')
    if (parent) exchange.traceId = TRACEPARENT.exec(parent)?.[1] ?? null
    if (exchange.request.headers[CACHE_HEADER] !== undefined) exchange.cacheWish = wishOf(exchange)
    attributeWorkload(exchange)
  },
}

function attributeWorkload(exchange: Exchange): void {
  const { attribution, key, services, occurredAt } = exchange
  const organization = services.configuration.organizations.get(key?.organizationId ?? '')
  if (!organization) throw new Error('a key in force has an organization')
  const bound = key?.document.workloadId ?? null
  // Also of what is refused: the name that a key is bound to, not the one its caller wishes for.
  if (bound !== null) attribution.workload = organization.workloads.ofId(bound)?.document.slug ?? null
  exchange.workload = workloadOf(organization, key, attribution.workload, occurredAt)
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
