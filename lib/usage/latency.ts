import 'server-only'
import { mergeCounts, quantileMs, totalCount } from '#core/stats/histogram.ts'
import type { Context } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { labelsOf } from './labels.ts'
import { bucketKeys, type Range, rangeOf } from './range.ts'
import { bucketSql, keyText, latencyWhere, type UsageFilters } from './rollup-sql.ts'
import {
  type LatencyGroup,
  LatencyQuery,
  LatencySeriesQuery,
  type LatencySummaryDto,
  type LatencySums,
  type Quantiles,
} from './schema.ts'

type Measure = 'total' | 'first_token' | 'overhead'
/** Histograms by group and measure. */
type Histograms = Map<string | null, Partial<Record<Measure, Map<number, number>>>>

/** p50, p95 and p99 of answered requests within the actor's teams, by group; most requests first. */
export function latencySummary(ctx: Context, input: LatencyQuery): Promise<LatencySummaryDto> {
  const query = parseInput(LatencyQuery, input)
  const { groupBy, timeZone } = query
  const range = rangeOf(query, groupBy === 'hour')
  return read(ctx, async tx => {
    const groups = await histograms(tx, ctx, range, query, groupBy, timeZone)
    const label = await labelsOf(tx, groupBy, [...groups.keys()])
    const data = [...groups].map(([key, measures]) => ({ key, label: label(key), ...toSums([measures]) }))
    const byTime = groupBy === 'day' || groupBy === 'hour'
    data.sort((a, b) => (byTime ? a.label.localeCompare(b.label) : b.total.count - a.total.count))
    const period = { from: range.from.toISOString(), to: range.to.toISOString(), asOf: new Date().toISOString() }
    return { ...period, timeZone, groupBy, totals: toSums([...groups.values()]), data, nextCursor: null }
  })
}

export interface LatencySeriesDto {
  timeZone: string
  interval: 'day' | 'hour'
  asOf: string
  buckets: string[]
  /** One value a bucket; null where nothing was answered. */
  values: (LatencySums | null)[]
}

/** The same over time, for one line a quantile: a day or hour without answers is a gap, not a zero. */
export function latencySeries(ctx: Context, input: LatencySeriesQuery): Promise<LatencySeriesDto> {
  const query = parseInput(LatencySeriesQuery, input)
  const { interval, timeZone } = query
  const range = rangeOf(query, interval === 'hour')
  return read(ctx, async tx => {
    const groups = await histograms(tx, ctx, range, query, interval, timeZone)
    const buckets = bucketKeys(range, interval, timeZone)
    const values = buckets.map(bucket => {
      const found = groups.get(bucket)
      return found ? toSums([found]) : null
    })
    return { timeZone, interval, asOf: new Date().toISOString(), buckets, values }
  })
}

async function histograms(
  tx: Transaction,
  ctx: Context,
  range: Range,
  filters: UsageFilters,
  group: LatencyGroup,
  timeZone: string,
): Promise<Histograms> {
  const where = latencyWhere(ctx, range, filters)
  const rows = await tx.$queryRaw<{ key: string | null; measure: Measure; buckets: number[]; counts: number[] }[]>(sql`
    select ${keyText(group, 'key')} as key, measure, array_agg(bucket::int) as buckets, array_agg(n::float8) as counts
    from (
      select ${bucketSql(group, timeZone)} as key, measure, bucket, sum(count) as n
      from latency_rollups where ${where} group by 1, 2, 3) as counted
    group by 1, 2`)
  const groups: Histograms = new Map()
  for (const { key, measure, buckets, counts } of rows) {
    const measures = groups.get(key) ?? {}
    measures[measure] = new Map(buckets.map((bucket, index) => [bucket, counts[index] ?? 0]))
    groups.set(key, measures)
  }
  return groups
}

function toSums(groups: Partial<Record<Measure, Map<number, number>>>[]): LatencySums {
  const of = (measure: Measure) => quantilesOf(mergeCounts(...groups.map(group => group[measure] ?? new Map())))
  return { total: of('total'), firstToken: of('first_token'), overhead: of('overhead') }
}

function quantilesOf(counts: Map<number, number>): Quantiles {
  return {
    count: totalCount(counts),
    p50: quantileMs(counts, 0.5),
    p95: quantileMs(counts, 0.95),
    p99: quantileMs(counts, 0.99),
  }
}
