import { formatUsd } from '#core/money.ts'
import { type Sql, sql } from '#lib/platform/sql.ts'
import type { UsageSums } from './schema.ts'

/** Columns of every sum over usage_rollups; as many as SumRow has. */
export const SUM_COLUMNS: Sql = sql`
  coalesce(sum(requests), 0)::bigint as requests, coalesce(sum(errors), 0)::bigint as errors,
  coalesce(sum(refused), 0)::bigint as refused, coalesce(sum(input_tokens), 0)::bigint as input,
  coalesce(sum(cached_input_tokens), 0)::bigint as cached, coalesce(sum(cache_write_tokens), 0)::bigint as writes,
  coalesce(sum(output_tokens), 0)::bigint as output, coalesce(sum(reasoning_tokens), 0)::bigint as reasoning,
  coalesce(sum(cost_nano_usd), 0)::bigint as cost, coalesce(sum(unpriced_requests), 0)::bigint as unpriced,
  coalesce(sum(unknown_usage), 0)::bigint as unknown, sum(latency_ms_sum) as latency, max(last_at) as last_at`

export interface SumRow {
  requests: bigint
  errors: bigint
  refused: bigint
  input: bigint
  cached: bigint
  writes: bigint
  output: bigint
  reasoning: bigint
  cost: bigint
  unpriced: bigint
  unknown: bigint
  latency: number | null
  last_at: Date | null
}

export const NO_SUMS: SumRow = {
  requests: 0n,
  errors: 0n,
  refused: 0n,
  input: 0n,
  cached: 0n,
  writes: 0n,
  output: 0n,
  reasoning: 0n,
  cost: 0n,
  unpriced: 0n,
  unknown: 0n,
  latency: null,
  last_at: null,
}

export function toSums(row: SumRow): UsageSums {
  return {
    requests: Number(row.requests),
    errors: Number(row.errors),
    refused: Number(row.refused),
    inputTokens: Number(row.input),
    cachedInputTokens: Number(row.cached),
    cacheWriteTokens: Number(row.writes),
    outputTokens: Number(row.output),
    reasoningTokens: Number(row.reasoning),
    totalTokens: Number(row.input + row.cached + row.writes + row.output + row.reasoning),
    costUsd: formatUsd(row.cost),
    unpricedRequests: Number(row.unpriced),
    unknownUsageRequests: Number(row.unknown),
    meanLatencyMs: row.requests === 0n || row.latency === null ? null : row.latency / Number(row.requests),
    lastAt: row.last_at?.toISOString() ?? null,
  }
}
