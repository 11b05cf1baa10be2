/** Characters that all streams together may hold for the content log. */
const MOST_HELD = 32 * 1024 * 1024

/** How much of streams may be held in memory until they end: a limit for each, and one for all of them. */
export class ContentMemory {
  /** For one answer. */
  readonly limit: number
  #free = MOST_HELD

  constructor(limit: number) {
    this.limit = limit
  }

  /** Takes up to so many characters; returns how many there were. */
  take(wanted: number): number {
    const taken = Math.max(0, Math.min(wanted, this.#free))
    this.#free -= taken
    return taken
  }

  release(held: number): void {
    this.#free += held
  }
}
