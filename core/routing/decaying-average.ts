/** Samples that the past counts for at most: with n of them, a new one moves the average by at least 1 ÷ (n + 1). */
const MOST_WEIGHT = 20
/** Below this weight the past says nothing any more. */
const LEAST_WEIGHT = 0.1

/**
 * An exponentially weighted moving average whose past also fades with time: after one half-life without samples what
 * was measured counts half as much beside the next sample, and after some more it is forgotten.
 */
export class DecayingAverage {
  readonly #halfLifeMs: number
  #mean = 0
  #weight = 0
  #at = 0

  constructor(halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs
  }

  /** Takes in a sample of the moment `now`, in milliseconds. */
  add(sample: number, now: number): void {
    const weight = Math.min(this.#weightAt(now), MOST_WEIGHT)
    this.#mean = (this.#mean * weight + sample) / (weight + 1)
    this.#weight = weight + 1
    this.#at = now
  }

  /** The average; null: nothing was measured lately. */
  value(now: number): number | null {
    return this.#weightAt(now) < LEAST_WEIGHT ? null : this.#mean
  }

  #weightAt(now: number): number {
    return this.#weight * 0.5 ** (Math.max(0, now - this.#at) / this.#halfLifeMs)
  }
}
