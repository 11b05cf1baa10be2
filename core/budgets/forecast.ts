import { addDays, dayText, localDayOf, parseDay, startOfDay, weekdayOf } from './local-day.ts'
import type { Period } from './window.ts'

export interface ForecastInput {
  /** What was spent on whole days before today, `YYYY-MM-DD` and nano-US-dollars, in any order; days left out cost 0. */
  readonly history: readonly { day: string; costNanoUsd: bigint }[]
  readonly spentNanoUsd: bigint
  readonly stopNanoUsd: bigint | null
  readonly period: Period
  readonly timeZone: string
  readonly now: number
}

export interface ForecastPoint {
  /** `YYYY-MM-DD`; the value is the expected total at the day's end. */
  readonly day: string
  readonly value: bigint
  readonly low: bigint
  readonly high: bigint
}

export interface BudgetForecast {
  /** Expected total at the end of the period, if nothing stopped it; null without any history. */
  readonly totalNanoUsd: bigint | null
  /** When the amount that stops is expected to be reached; null: not in this period, or unknown. */
  readonly exhaustedAt: number | null
  readonly points: readonly ForecastPoint[]
}

const DAYS_LOOKED_AT = 56
/** Standard deviations to either side that hold 80 % of a normal distribution. */
const BAND = 1.2816

/**
 * Where a budget goes: each coming day is expected to cost the mean of the same weekdays of the last eight weeks
 * (of all days, for a weekday never seen), today its remaining share. The band widens with the root of the days ahead.
 */
export function forecastBudget(input: ForecastInput): BudgetForecast {
  const { timeZone, now, period } = input
  const today = localDayOf(now, timeZone)
  const expected = weekdayMeans(input, dayText(today))
  if (!expected) return { totalNanoUsd: null, exhaustedAt: null, points: [] }
  const points: ForecastPoint[] = []
  let total = Number(input.spentNanoUsd)
  const stop = input.stopNanoUsd === null ? Number.POSITIVE_INFINITY : Number(input.stopNanoUsd)
  let exhaustedAt = total >= stop ? now : null
  for (let day = today, ahead = 0; ; day = addDays(day, 1), ahead++) {
    const start = startOfDay(day, timeZone)
    if (start >= period.end) break
    const end = startOfDay(addDays(day, 1), timeZone)
    const from = Math.max(start, now)
    const to = Math.min(end, period.end)
    const cost = expected.means[weekdayOf(day)] ?? 0
    const added = (cost * (to - from)) / (end - start)
    if (exhaustedAt === null && total + added >= stop && added > 0) {
      exhaustedAt = Math.round(from + ((stop - total) / added) * (to - from))
    }
    total += added
    const band = BAND * expected.deviation * Math.sqrt(ahead + (to - from) / (end - start))
    points.push({
      day: dayText(day),
      value: whole(total),
      low: whole(Math.max(Number(input.spentNanoUsd), total - band)),
      high: whole(total + band),
    })
  }
  return { totalNanoUsd: whole(total), exhaustedAt, points }
}

function weekdayMeans({ history }: ForecastInput, today: string): { means: number[]; deviation: number } | null {
  const costs = new Map<string, number>()
  for (const { day, costNanoUsd } of history) costs.set(day, (costs.get(day) ?? 0) + Number(costNanoUsd))
  const known = [...costs.keys()].filter(day => day < today).sort()
  const [first] = known
  if (first === undefined) return null
  const days: { weekday: number; cost: number }[] = []
  for (let day = addDays(parseDay(today), -1), n = 0; n < DAYS_LOOKED_AT; day = addDays(day, -1), n++) {
    if (dayText(day) < first) break
    days.push({ weekday: weekdayOf(day), cost: costs.get(dayText(day)) ?? 0 })
  }
  if (days.length === 0) return null
  const overall = meanOf(days.map(({ cost }) => cost))
  const means = Array.from({ length: 7 }, (_, weekday) => {
    const same = days.filter(day => day.weekday === weekday).map(({ cost }) => cost)
    return same.length > 0 ? meanOf(same) : overall
  })
  const squares = days.map(({ weekday, cost }) => (cost - (means[weekday] ?? 0)) ** 2)
  return { means, deviation: Math.sqrt(meanOf(squares)) }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function whole(value: number): bigint {
  return BigInt(Math.round(value))
}
