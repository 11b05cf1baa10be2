const WINDOW_MS = 60_000

export interface RateDecision {
  admitted: boolean
  limit: number
  remaining: number
  /** Milliseconds until one more request would be admitted; 0 while there is room. */
  resetMs: number
}

/**
 * Counts the requests of one key in the last 60 seconds exactly: a ring of the times of the admitted ones, which
 * grows with use up to the limit. Times come from a monotonic clock, so that a clock that jumps changes nothing.
 */
export class RateWindow {
  readonly limit: number
  #times: Float64Array
  #oldest = 0
  #count = 0

  constructor(limit: number) {
    this.limit = limit
    this.#times = new Float64Array(Math.min(limit, 64))
  }

  /** Admits and counts a request at `now` (ms), or refuses without counting it. */
  take(now: number): RateDecision {
    const { limit } = this
    while (this.#count > 0 && (this.#times[this.#oldest] ?? 0) <= now - WINDOW_MS) {
      this.#oldest = (this.#oldest + 1) % this.#times.length
      this.#count--
    }
    const admitted = this.#count < limit
    if (admitted) {
      if (this.#count === this.#times.length) this.#grow()
      this.#times[(this.#oldest + this.#count) % this.#times.length] = now
      this.#count++
    }
    const full = this.#count === limit
    const resetMs = full ? (this.#times[this.#oldest] ?? now) + WINDOW_MS - now : 0
    return { admitted, limit, remaining: limit - this.#count, resetMs }
  }

  #grow(): void {
    const times = new Float64Array(Math.min(this.limit, this.#times.length * 2))
    times.set(this.#times.subarray(this.#oldest))
    times.set(this.#times.subarray(0, this.#oldest), this.#times.length - this.#oldest)
    this.#times = times
    this.#oldest = 0
  }
}

/** The rate windows of all keys of this replica; each replica counts for itself. */
export class RateWindows {
  readonly #windows = new Map<string, RateWindow>()

  take(keyId: string, limit: number, now: number): RateDecision {
    let window = this.#windows.get(keyId)
    if (!window || window.limit !== limit) {
      window = new RateWindow(limit)
      this.#windows.set(keyId, window)
    }
    return window.take(now)
  }

  /** Forgets the keys that no longer exist. */
  keepOnly(exists: (keyId: string) => boolean): void {
    for (const keyId of this.#windows.keys()) if (!exists(keyId)) this.#windows.delete(keyId)
  }
}
