import type { RequestEvent } from '#core/contracts/request-event.ts'
import { costNanoUsd } from '#core/pricing/cost.ts'
import type { TokenUsage } from '#core/pricing/token-usage.ts'
import type { ModelShare } from '../northwind/teams.ts'
import type { Random } from '../random.ts'
import type { SeededModel } from '../write-catalog.ts'

type UsageFields = Pick<
  RequestEvent,
  | 'usageState'
  | 'inputTokens'
  | 'cachedInputTokens'
  | 'cacheWrite5mTokens'
  | 'cacheWrite1hTokens'
  | 'outputTokens'
  | 'reasoningTokens'
  | 'costState'
  | 'costNanoUsd'
  | 'priceId'
>

/** Tokens that a request of this share might use, in disjoint classes. */
export function drawUsage(random: Random, share: ModelShare, model: SeededModel): TokenUsage {
  const prompt = Math.max(8, Math.round(random.logNormal(share.prompt, 0.6)))
  const hit = random.chance(share.cached * 1.3)
  const cachedInput = hit ? Math.floor(prompt * (0.45 + 0.45 * random.next())) : 0
  const writes = !hit && share.cached > 0 && model.facts.dialects.includes('messages') && random.chance(0.2)
  const cacheWrite5m = writes ? Math.floor(prompt * 0.6) : 0
  const answer = share.answer === 0 ? 0 : Math.max(1, Math.round(random.logNormal(share.answer, 0.7)))
  const reasons = model.identifier.startsWith('gpt-5') && random.chance(0.7)
  return {
    input: prompt - cachedInput - cacheWrite5m,
    cachedInput,
    cacheWrite5m,
    cacheWrite1h: 0,
    output: answer,
    reasoning: reasons ? Math.round(random.logNormal(share.answer * 0.5, 0.6)) : 0,
  }
}

/** The fields of an event whose usage is known, with the cost at the model's price. */
export function usageFields(usage: TokenUsage, model: SeededModel, usageState: 'measured' | 'estimated'): UsageFields {
  const cost = model.price && costNanoUsd(usage, model.price)
  return {
    usageState,
    inputTokens: usage.input,
    cachedInputTokens: usage.cachedInput,
    cacheWrite5mTokens: usage.cacheWrite5m,
    cacheWrite1hTokens: usage.cacheWrite1h,
    outputTokens: usage.output,
    reasoningTokens: usage.reasoning,
    costState: cost === null ? 'unpriced' : 'priced',
    costNanoUsd: cost === null ? null : cost.toString(),
    priceId: cost === null ? null : (model.price?.id ?? null),
  }
}

/** The fields of an event that used nothing (`none`), or nobody knows how much (`unknown`). */
export function noUsage(state: 'none' | 'unknown'): UsageFields {
  return {
    usageState: state,
    inputTokens: null,
    cachedInputTokens: null,
    cacheWrite5mTokens: null,
    cacheWrite1hTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    costState: state,
    costNanoUsd: null,
    priceId: null,
  }
}
