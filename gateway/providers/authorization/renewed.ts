import { CredentialError } from './authorizer.ts'

/** A value that is good for a time. */
export interface Timed<T> {
  readonly value: T
  /** Milliseconds since 1970; null: it does not expire. */
  readonly expiresAt: number | null
}

/** A value in use: when it is used for the last time and when it ends, by the monotonic clock in milliseconds. */
interface Held<T> {
  readonly value: T
  readonly goodUntil: number
  readonly endsAt: number
}

/** Longest wait of a request for a value that is not there yet. */
const WAIT_MS = 8_000
/** After a failure the issuer is left alone for this long. */
const PAUSE_MS = 1_000
/** A value is not used in the last seconds of its life: it might expire on the way. */
const MARGIN_MS = 10_000
const LONGEST_TIMER_MS = 12 * 3_600_000

/**
 * A token or a set of keys that is fetched once for all who need it, and renewed in the background before it expires,
 * so that no request waits for it but the first. While the held value is good, a failed renewal hurts nobody.
 */
export class Renewed<T> {
  readonly #fetch: () => Promise<Timed<T>>
  readonly #onValue: (value: T) => void
  #held: Held<T> | null = null
  #fetching: Promise<T> | null = null
  #failure: { error: CredentialError; until: number } | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  /** `onValue` hears of every value before it is used. */
  constructor(fetch: () => Promise<Timed<T>>, onValue: (value: T) => void = () => {}) {
    this.#fetch = fetch
    this.#onValue = onValue
  }

  /** The value in force; a promise while there is none. Rejects with CredentialError, at the latest after 8 s. */
  get(): T | Promise<T> {
    const held = this.#held
    if (held && performance.now() < held.goodUntil) return held.value
    if (this.#failure && performance.now() < this.#failure.until) return Promise.reject(this.#failure.error)
    return bounded(this.#renewOnce())
  }

  /** Another value than the one in force, which the provider refuses. Rejects with CredentialError. */
  renew(): Promise<T> {
    if (this.#failure && performance.now() < this.#failure.until) return Promise.reject(this.#failure.error)
    return bounded(this.#renewOnce())
  }

  close(): void {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #renewOnce(): Promise<T> {
    this.#fetching ??= this.#fetchNow().finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  async #fetchNow(): Promise<T> {
    try {
      const fetched = await this.#fetch()
      this.#failure = null
      this.#onValue(fetched.value)
      const lifeMs = fetched.expiresAt === null ? Number.POSITIVE_INFINITY : fetched.expiresAt - Date.now()
      const now = performance.now()
      this.#held = { value: fetched.value, goodUntil: now + usableMs(lifeMs), endsAt: now + lifeMs }
      if (fetched.expiresAt !== null) this.#schedule(aheadOf(lifeMs))
      return fetched.value
    } catch (error) {
      const known = error instanceof CredentialError ? error : new CredentialError('its token could not be had', false)
      this.#failure = { error: known, until: performance.now() + PAUSE_MS }
      this.#retryWhileGood()
      throw known
    }
  }

  /** The held value may outlive the issuer's trouble. */
  #retryWhileGood(): void {
    const left = (this.#held?.endsAt ?? 0) - performance.now()
    if (left > PAUSE_MS) this.#schedule(Math.min(30_000, Math.max(PAUSE_MS, left / 4)))
  }

  #schedule(afterMs: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#closed) return
    this.#timer = setTimeout(() => void this.#renewOnce().catch(() => {}), Math.min(afterMs, LONGEST_TIMER_MS))
    this.#timer.unref()
  }
}

/** Milliseconds until a value with so much life left is renewed: five minutes before its end, or a quarter of it. */
function aheadOf(lifeMs: number): number {
  return Math.max(PAUSE_MS, lifeMs - Math.min(300_000, lifeMs / 4))
}

/** A value that lives for seconds would never be used with the whole margin. */
function usableMs(lifeMs: number): number {
  return lifeMs - Math.min(MARGIN_MS, lifeMs / 4)
}

function bounded<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = new CredentialError(`its token did not come within ${WAIT_MS / 1000} seconds`, false)
    const timer = setTimeout(() => reject(late), WAIT_MS)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
