/** One place on the horizontal axis. */
export type ChartPoint = {
  /** Start of the period as an ISO time, or the category's name. */
  at: string
  /** Plain numbers in the chart's unit; null is unknown and leaves a gap. */
  values: Readonly<Record<string, number | null>>
  /** The period is not over yet. */
  partial?: boolean
}

export type ChartSeries = {
  key: string
  label: string
  /** A plan or limit to compare with: a quiet dotted line outside the five colours. */
  plan?: boolean
}

/** A forecast of one series: the value with the edges of its 80 % band. */
export type ForecastPoint = { at: string; value: number; low: number; high: number }

export type ChartForecast = { series: string; points: readonly ForecastPoint[] }

export type ChartUnit = 'count' | 'usd' | 'ms' | 'percent' | 'tokens'

export type ChartBucket = 'minute' | 'hour' | 'day' | 'month' | 'category'

/** Where the numbers come from. */
export type ChartSource = {
  /** What was counted: "requests the gateway answered". */
  name: string
  /** The span shown: "1–21 Nov 2026". */
  period: string
  /** When the numbers were read, ISO. */
  asOf: string
  /** The rows behind the chart. */
  href?: string
}

/** The largest known value of all series, the forecast's band included; 0 when nothing is known. */
export function largestValue(
  points: readonly ChartPoint[],
  series: readonly ChartSeries[],
  forecast?: ChartForecast,
): number {
  const values = points.flatMap(point => series.map(({ key }) => point.values[key] ?? 0))
  return Math.max(0, ...values, ...(forecast?.points ?? []).map(point => point.high))
}

/** The last known value of a series and its place, or null when it has none. */
export function lastKnown(points: readonly ChartPoint[], key: string): { index: number; value: number } | null {
  for (let index = points.length - 1; index >= 0; index--) {
    const value = points[index]?.values[key]
    if (value !== null && value !== undefined) return { index, value }
  }
  return null
}
