import { mostCostNanoUsd } from '#core/pricing/most-cost.ts'
import { priceAt } from '#core/routing/routable-model.ts'
import { mostPromptTokens } from '#gateway/dialects/answer-usage.ts'
import { generatedChoices, outputLimit } from '#gateway/dialects/request-fields.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { keepPermitted } from '#gateway/routing/request-plan.ts'
import { keepWithinCallCeiling } from '#gateway/workloads/call-ceiling.ts'
import { limitRates } from './limit-rates.ts'
import { reservationFor, reserveBudgets } from './reserve-budgets.ts'
import type { PipelineStage } from './stage.ts'

/** Output tokens reserved when neither the caller nor the catalog sets a limit. */
const DEFAULT_OUTPUT_TOKENS = 4_096

/** Admits the request if evidence of it can be kept, and every rate limit and budget that covers it leaves room for it. */
export const admit: PipelineStage = {
  name: 'admit',
  run(exchange) {
    const { services, operation } = exchange
    if (!services.spool.accepts) {
      const words = 'This gateway cannot record requests at the moment, so it serves none. Try again shortly.'
      throw new Refusal(503, 'evidence_unavailable', words, { headers: ['retry-after', '5'], outcome: 'gateway_error' })
    }
    checkReadable(exchange)
    keepPermitted(exchange)
    if (!operation.charged) return limitRates(exchange, 0, [], 0n)
    const prompt = mostPromptTokens(exchange.raw?.length ?? 0)
    const maxima = exchange.candidates.map(candidate => mostCost(exchange, candidate, prompt))
    const reservation = reservationFor(exchange, keepWithinCallCeiling(exchange, maxima))
    const output = Math.max(0, ...exchange.candidates.map(candidate => mostOutputTokens(exchange, candidate)))
    const pending = limitRates(exchange, prompt + output, reservation.ledgers, reservation.amount)
    if (pending) return pending.then(() => reserveBudgets(exchange, reservation))
    return reserveBudgets(exchange, reservation)
  },
}

function checkReadable({ services, key }: Exchange): void {
  const organization = services.configuration.organizations.get(key?.organizationId ?? '')
  if (!organization?.unreadableLimits.size) return
  const words =
    'A budget or rate limit of this organization cannot be read by this gateway, so nothing is let through. Operations can see which in the fleet page.'
  throw new Refusal(503, 'limit_unavailable', words, { rule: 'limit:unreadable', outcome: 'gateway_error' })
}

function mostOutputTokens({ operation, body }: Exchange, { model }: Candidate): number {
  if (!operation.generates) return 0
  return (outputLimit(body) ?? model.document.maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS) * generatedChoices(body)
}

/** What the request can cost at most with a candidate; 0 when the model has no price, which evidence then shows as unpriced. */
function mostCost(exchange: Exchange, candidate: Candidate, prompt: number): bigint {
  const price = priceAt(candidate.model, exchange.occurredAt)
  return price ? mostCostNanoUsd(price, prompt, mostOutputTokens(exchange, candidate)) : 0n
}
