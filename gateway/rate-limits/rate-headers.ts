import type { Exchange } from '#gateway/exchange.ts'
import type { RateClaim } from './rate-book.ts'

const MEASURES = ['requests', 'tokens'] as const

/**
 * What is left of the limit that is nearest to its end, of requests and of tokens: in OpenAI's headers, whose reset is
 * a duration, and for clients of Anthropic's wire also in theirs, whose reset is a moment.
 */
export function addRateHeaders(
  { services, operation, served }: Exchange,
  claims: readonly RateClaim[],
  headers: string[],
): void {
  const { rates } = services
  const now = rates.now()
  for (const measure of MEASURES) {
    let least = -1
    let limit = 0
    let resetMs = 0
    for (const claim of claims) {
      if (claim.measure !== measure || (claim.modelId && served && claim.modelId !== served.model.id)) continue
      const left = Math.max(0, claim.limit - claim.counter.used(now))
      if (least >= 0 && left >= least) continue
      least = left
      limit = claim.limit
      resetMs = claim.counter.emptyMs(now)
    }
    if (least < 0) continue
    headers.push(`x-ratelimit-limit-${measure}`, String(limit))
    headers.push(`x-ratelimit-remaining-${measure}`, String(least))
    headers.push(`x-ratelimit-reset-${measure}`, `${Math.ceil(resetMs / 1000)}s`)
    if (operation.family !== 'anthropic') continue
    headers.push(`anthropic-ratelimit-${measure}-limit`, String(limit))
    headers.push(`anthropic-ratelimit-${measure}-remaining`, String(least))
    headers.push(`anthropic-ratelimit-${measure}-reset`, new Date(Date.now() + resetMs).toISOString())
  }
}
