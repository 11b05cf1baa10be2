import { StackedBarChart } from '#components/charts/bar-chart.tsx'
import { formatNumber } from '#components/format.ts'
import type { UsageSeriesDto } from '#lib/usage/queries.ts'
import { measurePoints } from '../../../build/_components/usage-points.ts'
import { RANGES, type Range } from './request-filters.ts'

const SERIES = [
  { key: 'answered', label: 'Answered' },
  { key: 'refused', label: 'Refused' },
  { key: 'failed', label: 'Failed' },
]

/** How many requests came in by the hour or day, and how they ended. */
export function RequestsChart({ series, range }: { series: UsageSeriesDto; range: Range }) {
  const points = measurePoints(series, {
    answered: sums => sums.requests - sums.errors - sums.refused,
    refused: sums => sums.refused,
    failed: sums => sums.errors,
  })
  const peak = Math.max(0, ...(series.series[0]?.values ?? []).map(value => value?.requests ?? 0))
  return (
    <StackedBarChart
      title="How much is asked?"
      subtitle={`requests ${series.interval === 'hour' ? 'an hour' : 'a day'}, at most ${formatNumber(peak)}`}
      points={points}
      series={SERIES}
      unit="count"
      bucket={series.interval}
      height={120}
      source={{ name: 'requests the gateways recorded', period: RANGES[range].words, asOf: series.asOf }}
    />
  )
}
