import { DAY_MS, HOUR_MS } from './scenario.ts'

/** Three things that went wrong in the demonstration's history, so that the dashboards have something to show. */
export interface Incidents {
  outage: { provider: string; from: number; to: number }
  slowdown: { provider: string; from: number; to: number; factor: number }
  runaway: { from: number; to: number; requestsPerHour: number }
}

const TUESDAY = 2

/** The incidents as seen from a moment: 33 days ago, 12 days ago, and the last Tuesday that is over. */
export function incidentsBefore(now: number): Incidents {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS
  const outageFrom = midnight - 33 * DAY_MS + 13 * HOUR_MS + 8 * 60_000
  const slowFrom = midnight - 12 * DAY_MS + 9 * HOUR_MS
  const sinceTuesday = (new Date(midnight).getUTCDay() - TUESDAY + 7) % 7 || 7
  const loopFrom = midnight - sinceTuesday * DAY_MS + 14 * HOUR_MS
  return {
    outage: { provider: 'Anthropic', from: outageFrom, to: outageFrom + 47 * 60_000 },
    slowdown: { provider: 'OpenAI', from: slowFrom, to: slowFrom + 5 * HOUR_MS, factor: 3.4 },
    runaway: { from: loopFrom, to: loopFrom + 3 * HOUR_MS, requestsPerHour: 700 },
  }
}
