import type { ChartPoint } from '#components/charts/chart-data.ts'
import type { LatencySeriesDto } from '#lib/usage/latency.ts'
import type { UsagePoint, UsageSeriesDto } from '#lib/usage/queries.ts'

/** The key of a series inside a chart: the record's id, or a word for the rest. */
export function seriesKey(key: string | null, index: number): string {
  return key ?? `series-${index}`
}

/** Usage over time as a chart takes it, one measure of each series. */
export function usagePoints(dto: UsageSeriesDto, measure: (point: UsagePoint) => number | null): ChartPoint[] {
  return dto.buckets.map((bucket, at) => ({
    at: bucketTime(bucket),
    values: Object.fromEntries(
      dto.series.map(({ key, values }, index) => {
        const point = values[at]
        return [seriesKey(key, index), point ? measure(point) : null]
      }),
    ),
    ...(dto.series.some(({ values }) => values[at]?.partial) ? { partial: true } : {}),
  }))
}

/** The series of the chart that `usagePoints` fills. */
export function usageSeriesLabels(dto: UsageSeriesDto) {
  return dto.series.map(({ key, label }, index) => ({ key: seriesKey(key, index), label }))
}

/** Measures of one series side by side: the classes of tokens. */
export function measurePoints(
  dto: UsageSeriesDto,
  measures: Record<string, (point: UsagePoint) => number | null>,
): ChartPoint[] {
  const values = dto.series[0]?.values ?? []
  return dto.buckets.map((bucket, at) => {
    const point = values[at]
    return {
      at: bucketTime(bucket),
      values: Object.fromEntries(
        Object.entries(measures).map(([key, measure]) => [key, point ? measure(point) : null]),
      ),
      ...(point?.partial ? { partial: true } : {}),
    }
  })
}

/** p50, p95 and p99 of the whole answer over time; a gap where nothing was answered. */
export function latencyPoints(dto: LatencySeriesDto): ChartPoint[] {
  return dto.buckets.map((bucket, at) => {
    const sums = dto.values[at]?.total
    return {
      at: bucketTime(bucket),
      values: { p50: sums?.p50 ?? null, p95: sums?.p95 ?? null, p99: sums?.p99 ?? null },
    }
  })
}

function bucketTime(bucket: string): string {
  return bucket.length === 10 ? `${bucket}T00:00:00Z` : bucket
}
