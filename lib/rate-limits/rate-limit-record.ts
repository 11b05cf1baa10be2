import type { RateLimitMeasure, RateLimitScope, RateWindow } from '#core/rate-limits/rate-limit.ts'
import type { RateLimit } from '#prisma/generated/client.ts'

/** The words of a stored rate limit, as their types. */
export function readRateLimit({ scope, measure, window }: RateLimit) {
  return {
    scope: scope as RateLimitScope,
    measure: measure as RateLimitMeasure,
    window: window as RateWindow | null,
  }
}
