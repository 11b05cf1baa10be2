/** A step of the shared clock beyond which counts begin anew in its present. */
const STEP_MS = 1_000

/**
 * Time for counting, in milliseconds since 1970: the process's monotonic clock, set by Redis's where there is one. A
 * wall clock that jumps changes nothing, and replicas whose clocks differ count in the same parts of time.
 */
export class RateClock {
  #offset = performance.timeOrigin

  now(): number {
    return performance.now() + this.#offset
  }

  /**
   * Follows the shared clock, which said `shared` when the monotonic one said `at`. Returns the time until now when
   * that was a step, for counts to be moved; null otherwise.
   */
  follow(shared: number, at: number): number | null {
    const offset = shared - at
    const step = Math.abs(offset - this.#offset) > STEP_MS
    const before = this.now()
    this.#offset = offset
    return step ? before : null
  }
}
