import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../errors.ts'

/** Sign-in attempts a minute: all of an account's, and those of an address that did not succeed. */
export const ATTEMPTS_PER_MINUTE = 10

/** The refusal of an attempt that comes too soon. */
export class TooManyAttempts extends DomainError {
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    const wait = retryAfterSeconds === 1 ? '1 second' : `${retryAfterSeconds} seconds`
    super('rate_limited', `Too many sign-in attempts. Try again in ${wait}.`)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

// Pages and route handlers are bundled apart: the counts must be one for the process.
const kept = globalThis as typeof globalThis & { gatehouseAttempts?: RateLimiterMemory }

function limiter(): RateLimiterMemory {
  kept.gatehouseAttempts ??= new RateLimiterMemory({ points: ATTEMPTS_PER_MINUTE, duration: 60 })
  return kept.gatehouseAttempts
}

/** Counts an attempt from an address. Throws TooManyAttempts; call `forgive` when it succeeded. */
export async function countAddress(address: string): Promise<{ forgive(): Promise<void> }> {
  await consume(`address:${address}`)
  return {
    forgive: async () => {
      await limiter().reward(`address:${address}`)
    },
  }
}

/** Counts an attempt on an account, wherever it comes from. Throws TooManyAttempts. */
export function countAccount(account: string): Promise<void> {
  return consume(`account:${account}`)
}

/** The address a request came from: the last hop, which the nearest proxy or the server itself wrote. */
export function addressOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown'
}

async function consume(key: string): Promise<void> {
  try {
    await limiter().consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new TooManyAttempts(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
  }
}
