import { formatClock } from '#components/format.ts'
import type { ChartBucket, ChartUnit } from './chart-data.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
/** Steps in which durations read well, from one second to a month. */
const DURATIONS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800]
  .map(seconds => seconds * SECOND)
  .concat([1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 336, 720].map(hours => hours * HOUR))

/**
 * Round, zero-based ticks that reach the largest value: steps of 1, 2, 2.5 or 5 times a power of ten; whole ones for
 * what is counted, and for durations from seconds on those of a clock and a calendar. Always at least [0, 1].
 */
export function valueTicks(largest: number, wanted = 4, unit: ChartUnit = 'usd'): number[] {
  if (!Number.isFinite(largest) || largest <= 0) return [0, 1]
  const rough = largest / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const decimal = ([1, 2, 2.5, 5, 10].find(multiple => multiple * power >= rough * 0.999999) ?? 10) * power
  const step = wholeStep(decimal, rough, unit)
  const count = Math.max(1, Math.ceil(largest / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

function wholeStep(decimal: number, rough: number, unit: ChartUnit): number {
  if (unit === 'count' || unit === 'tokens') return Number.isInteger(decimal) ? decimal : Math.ceil(decimal)
  if (unit !== 'ms' || rough < SECOND) return decimal
  return DURATIONS.find(step => step >= rough * 0.999999) ?? decimal
}

const minute = 60_000
const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map(minutes => minutes * minute)

/** Indexes of the places that get a label: at most `wanted`, at round times of the clock or evenly spread from the first. */
export function labelledPlaces(places: readonly string[], bucket: ChartBucket, wanted: number): number[] {
  const all = places.map((_, index) => index)
  if (bucket === 'minute' || bucket === 'hour') {
    for (const step of clockSteps) {
      const round = all.filter(index => Date.parse(places[index] ?? '') % step === 0)
      if (round.length > 0 && round.length <= wanted) return round
    }
  }
  const step = Math.max(1, Math.ceil(places.length / Math.max(1, wanted)))
  return all.filter(index => index % step === 0)
}

/** The label of a place on the horizontal axis, in UTC: "10:31", "21 Nov", "Nov 2026". */
export function placeLabel(at: string, bucket: ChartBucket): string {
  if (bucket === 'category') return at
  const date = new Date(at)
  const month = date.toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' })
  if (bucket === 'month') return `${month} ${date.getUTCFullYear()}`
  if (bucket === 'day') return `${date.getUTCDate()} ${month}`
  return formatClock(at)
}
