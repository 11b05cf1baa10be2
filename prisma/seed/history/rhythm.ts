import type { DemoTeam } from '../northwind/teams.ts'
import { DAY_MS, HOUR_MS } from '../scenario.ts'

type Rhythm = DemoTeam['rhythm']

const OFFICE = [0, 0, 0, 0, 0, 0, 0, 1, 5, 9, 10, 10, 7, 8, 10, 9, 8, 5, 2, 1, 0, 0, 0, 0]
const BY_HOUR: Record<Rhythm, number[]> = {
  office: OFFICE,
  round: OFFICE.map((weight, hour) => weight + (hour < 6 ? 1.2 : 3)),
  night: OFFICE.map((weight, hour) => weight * 0.35 + (hour >= 1 && hour <= 4 ? 14 : 0.6)),
}
const WEEKEND: Record<Rhythm, number> = { office: 0.07, round: 0.62, night: 0.85 }

/** How many requests a team is expected to make in the hour that begins at a moment, `progress` through the history. */
export function expectedRequests(team: DemoTeam, clock: LocalClock, at: number, progress: number): number {
  const { hour, weekend, day } = clock(at)
  const weights = BY_HOUR[team.rhythm]
  const share = (weights[hour] ?? 0) / weights.reduce((sum, weight) => sum + weight, 0)
  const monthEnd = team.slug === 'payables' && (day >= 27 || day <= 2) ? 1.7 : 1
  const daily = team.from + (team.to - team.from) * progress
  return daily * share * monthEnd * (weekend ? WEEKEND[team.rhythm] : 1)
}

export type LocalClock = (at: number) => { hour: number; day: number; weekend: boolean }

/** Local hour, day of the month and weekend of a moment in an IANA time zone. */
export function localClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit' })
  const offsets = new Map<number, number>()
  return at => {
    // A zone's distance from UTC changes at most once a day: one look-up a day is enough here.
    const today = Math.floor(at / DAY_MS)
    let offset = offsets.get(today)
    if (offset === undefined) {
      const noon = today * DAY_MS + 12 * HOUR_MS
      offset = (Number(format.format(noon)) - 12) * HOUR_MS
      offsets.set(today, offset)
    }
    const local = new Date(at + offset)
    const weekday = local.getUTCDay()
    return { hour: local.getUTCHours(), day: local.getUTCDate(), weekend: weekday === 0 || weekday === 6 }
  }
}
