import { costNanoUsd } from '#core/pricing/cost.ts'
import { priceAt } from '#gateway/config/entries.ts'
import { mostPromptTokens } from '#gateway/dialects/answer-usage.ts'
import { generatedChoices, outputLimit } from '#gateway/dialects/request-fields.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { limitRates } from './limit-rates.ts'
import { budgetsOf, reserveBudgets } from './reserve-budgets.ts'
import type { PipelineStage } from './stage.ts'

/** Output tokens reserved when neither the caller nor the catalog sets a limit. */
const DEFAULT_OUTPUT_TOKENS = 4_096

/** Admits the request if evidence of it can be kept, and every rate limit and budget that covers it leaves room for it. */
export const admit: PipelineStage = {
  name: 'admit',
  run(exchange) {
    const { services, operation, candidates } = exchange
    if (!services.spool.accepts) {
      const words = 'This gateway cannot record requests at the moment, so it serves none. Try again shortly.'
      throw new Refusal(503, 'evidence_unavailable', words, { headers: ['retry-after', '5'], outcome: 'gateway_error' })
    }
    if (!operation.charged) return limitRates(exchange, 0, [], 0n)
    const prompt = mostPromptTokens(exchange.raw?.length ?? 0)
    const output = Math.max(0, ...candidates.map(candidate => mostOutputTokens(exchange, candidate)))
    const cost = largest(candidates.map(candidate => costAtMost(exchange, candidate, prompt)))
    const ledgers = budgetsOf(exchange)
    const pending = limitRates(exchange, prompt + output, ledgers, cost)
    if (pending) return pending.then(() => reserveBudgets(exchange, ledgers, cost))
    return reserveBudgets(exchange, ledgers, cost)
  },
}

function mostOutputTokens({ operation, body }: Exchange, { model }: Candidate): number {
  if (!operation.generates) return 0
  return (outputLimit(body) ?? model.document.maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS) * generatedChoices(body)
}

/**
 * The cost when every token falls into the dearest class it can fall into; 0 when the model has no price, which
 * evidence then shows as unpriced.
 */
function costAtMost(exchange: Exchange, candidate: Candidate, prompt: number): bigint {
  const price = priceAt(candidate.model, exchange.occurredAt)
  if (!price) return 0n
  const output = mostOutputTokens(exchange, candidate)
  const none = { input: 0, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }
  const prompts = [
    costNanoUsd({ ...none, input: prompt }, price),
    costNanoUsd({ ...none, cacheWrite1h: prompt }, price),
  ]
  const outputs = [costNanoUsd({ ...none, output }, price), costNanoUsd({ ...none, reasoning: output }, price)]
  return largest(prompts) + largest(outputs)
}

function largest(amounts: readonly (bigint | null)[]): bigint {
  let most = 0n
  for (const amount of amounts) if (amount !== null && amount > most) most = amount
  return most
}
