import type { DrillInterval } from './schema.ts'

const DAY_MS = 86_400_000
const MONTHS = { month: 1, quarter: 3 } as const

export interface Rhythm {
  every: DrillInterval
  /** The hour of the day, UTC. */
  hour: number
}

/** The last occasion at or before a moment: Monday, the first of the month, or the first of the quarter, UTC. */
export function lastOccasion(rhythm: Rhythm, now: Date): Date {
  const begun = occasionIn(rhythm, now, 0)
  return begun <= now ? begun : occasionIn(rhythm, now, -1)
}

/** The first occasion after a moment. */
export function nextOccasion(rhythm: Rhythm, now: Date): Date {
  const begun = occasionIn(rhythm, now, 0)
  return begun > now ? begun : occasionIn(rhythm, now, 1)
}

/** The occasion of the interval that a moment lies in, or of one so many before or after it. */
function occasionIn({ every, hour }: Rhythm, now: Date, offset: number): Date {
  if (every === 'week') {
    const sinceMonday = (now.getUTCDay() + 6) % 7
    const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - sinceMonday + 7 * offset)
    return new Date(midnight + hour * 3_600_000)
  }
  const months = MONTHS[every]
  const first = Math.floor(now.getUTCMonth() / months) * months + months * offset
  return new Date(Date.UTC(now.getUTCFullYear(), first, 1, hour))
}

/** How long what a drill found may be relied on: until the next one, and a week for it to happen. */
export function freshUntil(rhythm: Rhythm, endedAt: Date): Date {
  return new Date(nextOccasion(rhythm, endedAt).getTime() + 7 * DAY_MS)
}
