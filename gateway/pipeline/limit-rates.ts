import { countedFor, type RateSubject } from '#core/rate-limits/rate-limit.ts'
import type { BudgetLedger } from '#gateway/budgets/budget-ledger.ts'
import type { KeyEntry, RateLimitEntry } from '#gateway/config/entries.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { ModelRates } from '#gateway/rate-limits/model-rates.ts'
import { isBlock, type RateBlock, type RateClaim, type RateHold } from '#gateway/rate-limits/rate-book.ts'
import { addRateHeaders } from '#gateway/rate-limits/rate-headers.ts'
import { Refusal } from '#gateway/refusal.ts'
import { keepCandidates } from '#gateway/routing/request-plan.ts'

const OWN_LIMIT = 'key:requests_per_minute'

/**
 * Counts a request in every rate limit that covers it, and in every budget that paces, or throws a 429 that names the
 * one that has no room. Waits only when other replicas must be heard before it is refused.
 *
 * @param tokens the most that the request can use
 */
export function limitRates(
  exchange: Exchange,
  tokens: number,
  ledgers: readonly BudgetLedger[],
  maximumNanoUsd: bigint,
): void | Promise<void> {
  const { key, services } = exchange
  if (!key) throw new Error('rates are limited for a key')
  const claims: RateClaim[] = []
  addOwnLimit(claims, exchange, key)
  addLimits(claims, exchange, key, tokens)
  for (const ledger of ledgers) addPace(claims, exchange, ledger, maximumNanoUsd)
  if (claims.length === 0) return
  const answer = services.rates.admit(claims)
  if (answer instanceof Promise) return answer.then(heard => hold(exchange, heard))
  hold(exchange, answer)
}

function hold(exchange: Exchange, answer: RateHold | RateBlock): void {
  if (isBlock(answer)) throw rateRefusal(exchange, answer)
  exchange.rates = answer
}

function addOwnLimit(claims: RateClaim[], { services }: Exchange, key: KeyEntry): void {
  const { requestsPerMinute, name } = key.document
  if (requestsPerMinute === null) return
  claims.push({
    counter: services.rates.counter(OWN_LIMIT, key.id, 'minute'),
    measure: 'requests',
    limit: requestsPerMinute,
    amount: 1,
    modelId: null,
    source: { rule: OWN_LIMIT, countedFor: key.id, name, window: 'minute' },
  })
}

function addLimits(claims: RateClaim[], exchange: Exchange, key: KeyEntry, tokens: number): void {
  const limits = exchange.services.configuration.organizations.get(key.organizationId)?.rateLimits
  if (!limits || limits.size === 0) return
  const subject = {
    organizationId: key.organizationId,
    teamId: key.document.teamId,
    personId: key.document.personId,
    keyId: key.id,
    agentId: null,
    modelId: null,
  }
  const ofModels: RateLimitEntry[] = []
  for (const entry of limits.values()) {
    if (entry.document.scope === 'model') ofModels.push(entry)
    else addLimit(claims, exchange, entry, subject, tokens)
  }
  if (ofModels.length > 0) addModelLimits(claims, exchange, ofModels, subject, tokens)
}

/**
 * A candidate whose model's limit is full is left out while another one has room. The only one is counted now, one of
 * several when it is called.
 */
function addModelLimits(
  claims: RateClaim[],
  exchange: Exchange,
  limits: readonly RateLimitEntry[],
  subject: RateSubject,
  tokens: number,
): void {
  const { candidates, services } = exchange
  let limitsAny = false
  const claimsOf = candidates.map(({ model }) => {
    const own: RateClaim[] = []
    const called = { ...subject, modelId: model.id }
    for (const entry of limits) addLimit(own, exchange, entry, called, tokens)
    limitsAny ||= own.length > 0
    return own
  })
  if (!limitsAny) return
  const kept = candidates.filter((_, index) => !claimsOf[index]?.some(claim => services.rates.isFull(claim)))
  // Of models that are all full, the first says when there is room again.
  if (kept.length === 0) kept.push(...candidates.slice(0, 1))
  if (kept.length < candidates.length) keepCandidates(exchange, kept, 'rate_limit')
  const limited = kept.map(candidate => [candidate.model.id, claimsOf[candidates.indexOf(candidate)] ?? []] as const)
  if (limited.length === 1) claims.push(...(limited[0]?.[1] ?? []))
  else exchange.modelRates = new ModelRates(services.rates, new Map(limited.filter(([, own]) => own.length > 0)))
}

function addLimit(
  claims: RateClaim[],
  { services }: Exchange,
  { rule, document }: RateLimitEntry,
  subject: RateSubject,
  tokens: number,
): void {
  const { scope, target, measure, window, limit, name } = document
  const amount = measure === 'tokens' ? tokens : 1
  const counted = countedFor(scope, target, subject)
  if (counted === null || amount === 0) return
  const counter = services.rates.counter(rule, counted, window)
  const source = { rule, countedFor: counted, name, window }
  claims.push({ counter, measure, limit, amount, modelId: subject.modelId, source })
}

function addPace(claims: RateClaim[], exchange: Exchange, ledger: BudgetLedger, maximumNanoUsd: bigint): void {
  const limit = ledger.requestsPerMinute(exchange.occurredAt, maximumNanoUsd)
  if (limit === null) return
  const { id, document } = ledger.entry
  claims.push({
    counter: exchange.services.rates.counter('budget', id, 'minute'),
    measure: 'requests',
    limit,
    amount: 1,
    modelId: null,
    source: { rule: `budget:${id}`, countedFor: id, name: document.name, window: 'minute' },
  })
}

/** The 429 of a request that a limit has no room for. */
export function rateRefusal(exchange: Exchange, { claim, waitMs }: RateBlock): Refusal {
  const { rule } = claim.source
  const headers: string[] = []
  addRateHeaders(exchange, [claim], headers)
  if (claim.amount > claim.limit) {
    // SDKs of both vendors honour this header: trying again cannot help.
    headers.push('x-should-retry', 'false')
    return new Refusal(429, 'rate_limit_exceeded', tooLargeWords(claim), { rule, headers })
  }
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  headers.push('retry-after', String(seconds))
  const code = rule.startsWith('budget:') ? 'budget_throttled' : 'rate_limit_exceeded'
  return new Refusal(429, code, `${fullWords(claim)} Try again in ${seconds} s.`, { rule, headers })
}

function fullWords({ source, measure, limit, amount }: RateClaim): string {
  const { rule, name, window } = source
  if (rule.startsWith('budget:')) return `The budget "${name}" is nearly spent and paces its requests.`
  if (rule.startsWith('key:')) return `The key "${name}" allows ${limit} requests a minute.`
  const most = limit.toLocaleString('en')
  if (measure === 'concurrency') {
    return `The rate limit "${name}" allows ${most} answers in progress at a time, and there are that many.`
  }
  if (measure === 'requests') return `The rate limit "${name}" allows ${most} requests a ${window}.`
  return `The rate limit "${name}" allows ${most} tokens a ${window} and has no room now for the ${amount.toLocaleString('en')} that this request could use. Lower max_tokens.`
}

function tooLargeWords({ source, limit, amount }: RateClaim): string {
  const { name, window } = source
  return `The rate limit "${name}" allows ${limit.toLocaleString('en')} tokens a ${window}, and this request alone could use ${amount.toLocaleString('en')}. Lower max_tokens, or shorten the prompt.`
}
