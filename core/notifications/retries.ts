const FIRST_MS = 15_000
const LONGEST_MS = 6 * 3_600_000

/** After so many attempts a delivery is given up; with the waits between them that is about a day and a half. */
export const MOST_ATTEMPTS = 14

/**
 * How long to wait after an attempt, counted from 1, in milliseconds: doubling from 15 seconds to six hours, with a
 * fifth of it by chance so that many do not come back at once, and never sooner than the other side asked.
 * `chance` is in [0, 1).
 */
export function retryDelayMs(attempt: number, chance: number, askedMs = 0): number {
  const doubled = Math.min(FIRST_MS * 2 ** Math.min(attempt - 1, 30), LONGEST_MS)
  return Math.max(Math.round(doubled * (0.9 + 0.2 * chance)), Math.min(askedMs, LONGEST_MS))
}
