import { BarChart, StackedBarChart } from '#components/charts/bar-chart.tsx'
import type { ChartSource } from '#components/charts/chart-data.ts'
import { LineChart } from '#components/charts/line-chart.tsx'
import { formatDuration, formatMoney, formatNumber, formatTokens } from '#components/format.ts'
import { parseUsd } from '#core/usd.ts'
import type { LatencySeriesDto } from '#lib/usage/latency.ts'
import type { UsagePoint, UsageSeriesDto } from '#lib/usage/queries.ts'
import type { UsageSums } from '#lib/usage/schema.ts'
import { latencyPoints, measurePoints, usagePoints, usageSeriesLabels } from '../../_components/usage-points.ts'

const TOKEN_CLASSES = {
  input: (point: UsagePoint) => point.inputTokens,
  output: (point: UsagePoint) => point.outputTokens,
  cachedInput: (point: UsagePoint) => point.cachedInputTokens,
  cacheWrite: (point: UsagePoint) => point.cacheWriteTokens,
  reasoning: (point: UsagePoint) => point.reasoningTokens,
}
const TOKEN_LABELS = {
  input: 'Input',
  output: 'Output',
  cachedInput: 'Cached input',
  cacheWrite: 'Cache write',
  reasoning: 'Reasoning',
}
const MEAN = { mean: (point: UsagePoint) => point.meanLatencyMs }

type UsageChartsProps = {
  totals: UsageSums
  byModel: UsageSeriesDto
  all: UsageSeriesDto
  /** Null where quantiles are not known: they are measured by team, not by person. */
  latency: LatencySeriesDto | null
  words: string
  requestsHref: string
}

/** The four questions of usage, a chart each. */
export function UsageCharts({ totals, byModel, all, latency, words, requestsHref }: UsageChartsProps) {
  const bucket = all.interval
  const source: ChartSource = {
    name: 'requests the gateways recorded',
    period: words,
    asOf: all.asOf,
    href: requestsHref,
  }
  return (
    <div className="grid gap-4.5 xl:grid-cols-2">
      <StackedBarChart
        title="What was spent?"
        subtitle={`${formatMoney(parseUsd(totals.costUsd))}, by model`}
        points={usagePoints(byModel, point => Number(point.costUsd))}
        series={usageSeriesLabels(byModel)}
        unit="usd"
        bucket={bucket}
        source={source}
      />
      <BarChart
        title="How many requests?"
        subtitle={formatNumber(totals.requests)}
        points={measurePoints(all, { requests: point => point.requests })}
        series={[{ key: 'requests', label: 'Requests' }]}
        unit="count"
        bucket={bucket}
        source={source}
        height={198}
      />
      <StackedBarChart
        title="How many tokens, of which kind?"
        subtitle={formatTokens(totals.totalTokens)}
        points={measurePoints(all, TOKEN_CLASSES)}
        series={Object.entries(TOKEN_LABELS).map(([key, label]) => ({ key, label }))}
        unit="tokens"
        bucket={bucket}
        source={source}
      />
      <LatencyChart totals={totals} all={all} latency={latency} source={source} />
    </div>
  )
}

function LatencyChart({
  totals,
  all,
  latency,
  source,
}: Pick<UsageChartsProps, 'totals' | 'all' | 'latency'> & { source: ChartSource }) {
  const shared = { title: 'How fast are the answers?', unit: 'ms', bucket: all.interval, source, height: 198 } as const
  if (!latency)
    return (
      <LineChart
        {...shared}
        subtitle={`mean ${formatDuration(totals.meanLatencyMs)}; quantiles are measured by team`}
        points={measurePoints(all, MEAN)}
        series={[{ key: 'mean', label: 'mean' }]}
      />
    )
  return (
    <LineChart
      {...shared}
      subtitle="whole answer, p50, p95 and p99"
      points={latencyPoints(latency)}
      series={[
        { key: 'p50', label: 'p50' },
        { key: 'p95', label: 'p95' },
        { key: 'p99', label: 'p99' },
      ]}
    />
  )
}
