import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '#lib/platform/errors.ts'

/** Requests a minute one caller may make of one portal process. */
export const REQUESTS_PER_MINUTE = 600

/** The caller was faster than their limit; `retryAfterSeconds` says when to go on. */
export class RateLimited extends DomainError {
  readonly retryAfterSeconds: number
  constructor(limit: number, retryAfterSeconds: number) {
    super('rate_limited', `At most ${limit} requests a minute. Go on in ${retryAfterSeconds} s.`)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A limit by caller over a minute, kept in this process's memory. */
export function makeRateLimit(requestsPerMinute: number): (caller: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 })
  return async caller => {
    try {
      await limiter.consume(caller)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw new RateLimited(requestsPerMinute, Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
    }
  }
}
