import { formatUsd } from '#core/money.ts'
import { mostCostNanoUsd } from '#core/pricing/most-cost.ts'
import { priceAt } from '#core/routing/routable-model.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import { mostPromptTokens } from '#gateway/dialects/answer-usage.ts'
import { generatedChoices, outputLimit } from '#gateway/dialects/request-fields.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { keepPermitted } from '#gateway/routing/request-plan.ts'
import { reserveBudgets } from './reserve-budgets.ts'
import type { PipelineStage } from './stage.ts'

/** Output tokens reserved when neither the caller nor the catalog sets a limit. */
const DEFAULT_OUTPUT_TOKENS = 4_096

/** Admits the request if evidence of it can be kept, and the key's rate and daily limit and every budget leave room for it. */
export const admit: PipelineStage = {
  name: 'admit',
  run(exchange) {
    const { services, key } = exchange
    if (!services.spool.accepts) {
      const words = 'This gateway cannot record requests at the moment, so it serves none. Try again shortly.'
      throw new Refusal(503, 'evidence_unavailable', words, { headers: ['retry-after', '5'], outcome: 'gateway_error' })
    }
    if (!key) throw new Error('admit needs a key')
    keepPermitted(exchange)
    const { requestsPerMinute, dailyLimitNanoUsd } = key.document
    const maxima = exchange.operation.charged ? exchange.candidates.map(one => candidateMaximum(exchange, one)) : []
    if (requestsPerMinute !== null) checkRate(exchange, key, requestsPerMinute)
    if (dailyLimitNanoUsd !== null) reserve(exchange, key, dailyLimitNanoUsd, largest(maxima))
    if (exchange.operation.charged) return reserveBudgets(exchange, maxima)
  },
}

function checkRate(exchange: Exchange, key: KeyEntry, perMinute: number): void {
  const decision = exchange.services.rates.take(key.id, perMinute, exchange.receivedAt)
  exchange.rate = decision
  if (decision.admitted) return
  const seconds = Math.max(1, Math.ceil(decision.resetMs / 1000))
  const words = `The key "${key.document.name}" allows ${perMinute} requests a minute. Try again in ${seconds} s.`
  throw new Refusal(429, 'rate_limit_exceeded', words, {
    rule: 'key:requests_per_minute',
    headers: ['retry-after', String(seconds)],
  })
}

function reserve(exchange: Exchange, key: KeyEntry, limit: bigint, maximum: bigint): void {
  const { admitted, left } = exchange.services.ledger.reserve(key.id, limit, maximum, exchange.occurredAt)
  if (admitted) {
    exchange.reservation = maximum
    return
  }
  const name = `The key "${key.document.name}" may spend USD ${formatUsd(limit)} a day`
  const words =
    left > 0n
      ? `${name} and has USD ${formatUsd(left)} left; this request could cost USD ${formatUsd(maximum)}. Lower max_tokens, or wait until midnight UTC.`
      : `${name} and has spent it. Wait until midnight UTC, or issue a key with a higher limit.`
  throw new Refusal(402, 'budget_exceeded', words, { rule: 'key:daily_limit' })
}

/** What the request can cost at most with a candidate; 0 when the model has no price, which evidence then shows as unpriced. */
function candidateMaximum(exchange: Exchange, candidate: Candidate): bigint {
  const price = priceAt(candidate.model, exchange.occurredAt)
  if (!price) return 0n
  const limit = outputLimit(exchange.body) ?? candidate.model.document.maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS
  const output = exchange.operation.generates ? limit * generatedChoices(exchange.body) : 0
  return mostCostNanoUsd(price, mostPromptTokens(exchange.raw?.length ?? 0), output)
}

function largest(amounts: readonly bigint[]): bigint {
  let most = 0n
  for (const amount of amounts) if (amount > most) most = amount
  return most
}
