import type { ChartForecast, ChartPoint, ChartSeries } from './chart-data.ts'

/** The chart's numbers as CSV (RFC 4180): a row a place, a column a series; unknown is empty. */
export function chartCsv(
  points: readonly ChartPoint[],
  series: readonly ChartSeries[],
  forecast?: ChartForecast,
): string {
  const head = ['at', ...series.map(item => item.label), ...(forecast ? ['forecast', 'low', 'high'] : [])]
  const rows = points.map(point => [
    point.at,
    ...series.map(({ key }) => point.values[key] ?? ''),
    ...(forecast ? ['', '', ''] : []),
  ])
  const future = (forecast?.points ?? []).map(point => [
    point.at,
    ...series.map(() => ''),
    point.value,
    point.low,
    point.high,
  ])
  return [head, ...rows, ...future].map(row => row.map(csvCell).join(',')).join('\r\n')
}

/** A cell that no spreadsheet takes for a formula. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
