import type { Random } from './random.ts'

/** What the parts of a seed share: one clock, one source of randomness, one organization. */
export interface Scenario {
  organizationId: string
  now: number
  random: Random
}

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** Days ago that Security switched the content log on. */
export const CONTENT_LOG_DAYS = 4

/** Looks a name up that the seed's own data must contain. Throws when it does not. */
export function demand<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name)
  if (found === undefined) throw new Error(`the seed names ${name}, which it does not have`)
  return found
}
