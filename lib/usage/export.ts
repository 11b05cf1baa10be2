import { type CsvColumn, toCsv } from '#lib/platform/csv.ts'
import type { LatencyRow, LatencySummaryDto, UsageRow, UsageSummaryDto } from './schema.ts'

/** A usage summary as CSV, one line a group. */
export function usageCsv({ groupBy, data }: UsageSummaryDto): string {
  const number = (name: keyof UsageRow): CsvColumn<UsageRow> => ({ header: name, value: row => row[name] })
  return toCsv<UsageRow>(
    [
      { header: groupBy, value: row => row.label },
      { header: `${groupBy}Key`, value: row => row.key },
      number('requests'),
      number('errors'),
      number('refused'),
      number('inputTokens'),
      number('cachedInputTokens'),
      number('cacheWriteTokens'),
      number('outputTokens'),
      number('reasoningTokens'),
      number('totalTokens'),
      number('costUsd'),
      number('unpricedRequests'),
      number('unknownUsageRequests'),
      number('meanLatencyMs'),
    ],
    data,
  )
}

/** A latency summary as CSV, one line a group, milliseconds. */
export function latencyCsv({ groupBy, data }: LatencySummaryDto): string {
  const measures = ['total', 'firstToken', 'overhead'] as const
  const quantiles = ['count', 'p50', 'p95', 'p99'] as const
  const columns = measures.flatMap(measure =>
    quantiles.map(name => ({
      header: `${measure}${name[0]?.toUpperCase()}${name.slice(1)}`,
      value: (row: LatencyRow) => row[measure][name],
    })),
  )
  const named: CsvColumn<LatencyRow>[] = [
    { header: groupBy, value: row => row.label },
    { header: `${groupBy}Key`, value: row => row.key },
  ]
  return toCsv([...named, ...columns], data)
}
