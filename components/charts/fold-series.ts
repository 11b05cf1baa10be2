import type { ChartPoint, ChartSeries } from './chart-data.ts'

export const otherKey = 'other'
const maximum = 5

/**
 * At most five series: the four largest by their sum keep their names and order of size, the rest become "Other".
 * Sums of nothing but unknown values stay unknown. Plan lines do not count.
 */
export function foldSeries(
  points: readonly ChartPoint[],
  series: readonly ChartSeries[],
): { points: readonly ChartPoint[]; series: readonly ChartSeries[] } {
  const measured = series.filter(item => !item.plan)
  if (measured.length <= maximum) return { points, series }
  const total = ({ key }: ChartSeries) => points.reduce((sum, point) => sum + (point.values[key] ?? 0), 0)
  const bySize = measured.toSorted((a, b) => total(b) - total(a))
  const kept = bySize.slice(0, maximum - 1)
  const rest = bySize.slice(maximum - 1)
  const plans = series.filter(item => item.plan)
  return {
    series: [...kept, { key: otherKey, label: `Other (${rest.length})` }, ...plans],
    points: points.map(point => ({ ...point, values: { ...point.values, [otherKey]: sumOf(point, rest) } })),
  }
}

function sumOf(point: ChartPoint, series: readonly ChartSeries[]): number | null {
  const known = series.map(({ key }) => point.values[key]).filter(value => value !== null && value !== undefined)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}
