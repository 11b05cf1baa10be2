import type { ChartBucket, ChartForecast, ChartPoint, ChartSeries, ChartUnit } from './chart-data.ts'
import { lastKnown } from './chart-data.ts'
import { chartValue } from './chart-value.ts'
import { placeLabel } from './ticks.ts'

/** One sentence that says what the chart shows: each series' last value and its peak, gaps and the forecast. */
export function chartSummary({
  points,
  series,
  unit,
  bucket,
  forecast,
}: {
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
  unit: ChartUnit
  bucket: ChartBucket
  forecast?: ChartForecast
}): string {
  const parts = series.map(item => seriesPart(points, item, unit, bucket)).filter(part => part !== null)
  if (parts.length === 0) return 'No data in this period.'
  const end = forecast?.points.at(-1)
  const tail = end
    ? `; forecast ${chartValue(end.value, unit)} at ${placeLabel(end.at, bucket)}, between ${chartValue(end.low, unit)} and ${chartValue(end.high, unit)}`
    : ''
  return `${parts.join('; ')}${tail}.`
}

function seriesPart(
  points: readonly ChartPoint[],
  { key, label }: ChartSeries,
  unit: ChartUnit,
  bucket: ChartBucket,
): string | null {
  const last = lastKnown(points, key)
  if (!last) return null
  const known = points.filter(point => typeof point.values[key] === 'number')
  const peak = known.reduce((best, point) => ((point.values[key] ?? 0) > (best.values[key] ?? 0) ? point : best))
  const gaps = points.length - known.length
  const lastPoint = points[last.index]
  const place = lastPoint ? placeLabel(lastPoint.at, bucket) : ''
  const open = lastPoint?.partial ? ' so far' : ''
  return [
    `${label}: ${chartValue(last.value, unit)} at ${place}${open}`,
    `peak ${chartValue(peak.values[key], unit)} at ${placeLabel(peak.at, bucket)}`,
    ...(gaps > 0 ? [`${gaps} of ${points.length} unknown`] : []),
  ].join(', ')
}
