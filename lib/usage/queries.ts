import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { labelsOf } from './labels.ts'
import { bucketKey, bucketKeys, type Range, rangeOf } from './range.ts'
import { bucketSql, usageWhere } from './rollup-sql.ts'
import {
  type UsageGroup,
  UsageQuery,
  type UsageRow,
  UsageSeriesQuery,
  type UsageSummaryDto,
  type UsageSums,
} from './schema.ts'
import { NO_SUMS, SUM_COLUMNS, type SumRow, toSums } from './sums.ts'

const MAX_GROUPS = 500

type GroupRow = SumRow & { key: string | null; whole: number }

/** Sums within the actor's reach: all of them, and by group; days and hours in order, other groups dearest first. */
export function usageSummary(ctx: Context, input: UsageQuery): Promise<UsageSummaryDto> {
  const query = parseInput(UsageQuery, input)
  const { groupBy, timeZone } = query
  const range = rangeOf(query, groupBy === 'hour')
  const where = usageWhere(ctx, range, query)
  return read(ctx, async tx => {
    const rows = await tx.$queryRaw<GroupRow[]>`
      select key, grouping(key)::int as whole, ${SUM_COLUMNS}
      from (select *, ${bucketSql(groupBy, timeZone)} as key from usage_rollups where ${where}) as rows
      group by grouping sets ((), (key))
      order by whole desc, cost desc, requests desc, key limit ${MAX_GROUPS + 1}`
    const [totals, ...groups] = rows
    const data = isTime(groupBy)
      ? await fillTime(tx, ctx, groups, range, groupBy, timeZone)
      : await withLabels(tx, groupBy, groups)
    const period = { from: range.from.toISOString(), to: range.to.toISOString(), asOf: new Date().toISOString() }
    return { ...period, timeZone, groupBy, totals: toSums(totals ?? NO_SUMS), data, nextCursor: null }
  })
}

export interface UsagePoint extends UsageSums {
  /** The day or hour is not over yet, or the period begins or ends within it. */
  partial: boolean
}

export interface UsageSeriesDto {
  from: string
  to: string
  timeZone: string
  interval: 'day' | 'hour'
  asOf: string
  /** Days (2026-01-31) or hours, in order. */
  buckets: string[]
  /** One value a bucket: zeros where nothing was asked, null where there is no record (before the first, after now). */
  series: { key: string | null; label: string; values: (UsagePoint | null)[] }[]
}

const REST = 'rest'

/** Usage over time within the actor's reach, split into its dearest few and one series of all the rest. */
export function usageSeries(ctx: Context, input: UsageSeriesQuery): Promise<UsageSeriesDto> {
  const query = parseInput(UsageSeriesQuery, input)
  const { interval, splitBy, timeZone } = query
  const range = rangeOf(query, interval === 'hour')
  const where = usageWhere(ctx, range, query)
  const dimension = splitBy === 'none' ? sql`'all'` : sql`coalesce(${bucketSql(splitBy, timeZone)}, '')`
  return read(ctx, async tx => {
    const ranked = await tx.$queryRaw<{ key: string }[]>`
      select ${dimension} as key from usage_rollups where ${where}
      group by 1 order by sum(cost_nano_usd) desc, sum(requests) desc, 1 limit ${query.top + 1}`
    // Exactly one left over is shown by its name rather than as a rest of one.
    const top = (ranked.length > query.top ? ranked.slice(0, query.top) : ranked).map(row => row.key)
    const rows = await tx.$queryRaw<(SumRow & { bucket: string; key: string })[]>`
      select bucket, case when key = any(${top}::text[]) then key else ${REST} end as key, ${SUM_COLUMNS}
      from (select *, ${bucketSql(interval, timeZone)} as bucket, ${dimension} as key
        from usage_rollups where ${where}) as rows
      group by 1, 2`
    const keys = rows.some(row => row.key === REST) ? [...top, REST] : top
    const idOf = (key: string) => (key === '' || key === 'all' || key === REST ? null : key)
    const label = splitBy === 'none' ? () => 'All' : await labelsOf(tx, splitBy, keys.map(idOf))
    const buckets = bucketKeys(range, interval, timeZone)
    const known = await knownBuckets(tx, ctx, interval, timeZone)
    const found = new Map(rows.map(row => [`${row.key} ${row.bucket}`, row]))
    const partial = partialBuckets(range, interval, timeZone)
    const valueAt = (key: string, bucket: string) =>
      known(bucket) ? { ...toSums(found.get(`${key} ${bucket}`) ?? NO_SUMS), partial: partial.has(bucket) } : null
    return {
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      timeZone,
      interval,
      asOf: new Date().toISOString(),
      buckets,
      series: (keys.length > 0 ? keys : splitBy === 'none' ? ['all'] : []).map(key => ({
        key: idOf(key),
        label: key === REST ? 'All others' : label(idOf(key)),
        values: buckets.map(bucket => valueAt(key, bucket)),
      })),
    }
  })
}

function isTime(group: UsageGroup): group is 'day' | 'hour' {
  return group === 'day' || group === 'hour'
}

async function withLabels(tx: Transaction, group: UsageGroup, rows: GroupRow[]): Promise<UsageRow[]> {
  const label = await labelsOf(
    tx,
    group,
    rows.map(row => row.key),
  )
  return rows.map(row => ({ key: row.key, label: label(row.key), ...toSums(row) }))
}

async function fillTime(
  tx: Transaction,
  ctx: Context,
  rows: GroupRow[],
  range: Range,
  interval: 'day' | 'hour',
  timeZone: string,
): Promise<UsageRow[]> {
  const known = await knownBuckets(tx, ctx, interval, timeZone)
  const found = new Map(rows.map(row => [row.key, row]))
  return bucketKeys(range, interval, timeZone)
    .filter(known)
    .map(key => ({ key, label: key, ...toSums(found.get(key) ?? NO_SUMS) }))
}

/** Whether there is a record of a day or hour: from the organization's first request to now. */
async function knownBuckets(tx: Transaction, ctx: Context, interval: 'day' | 'hour', timeZone: string) {
  const [first] = await tx.$queryRaw<{ hour: Date | null }[]>`
    select min(hour) as hour from usage_rollups where organization_id = ${ctx.organizationId}::uuid`
  const begin = first?.hour ? bucketKey(first.hour, interval, timeZone) : null
  const end = bucketKey(new Date(), interval, timeZone)
  return (key: string) => begin !== null && key >= begin && key <= end
}

function partialBuckets(range: Range, interval: 'day' | 'hour', timeZone: string): Set<string> {
  const before = bucketKey(new Date(range.from.getTime() - 1), interval, timeZone)
  const begin = bucketKey(range.from, interval, timeZone)
  const last = bucketKey(new Date(range.to.getTime() - 1), interval, timeZone)
  const end = bucketKey(range.to, interval, timeZone)
  const now = bucketKey(new Date(), interval, timeZone)
  return new Set([...(before === begin ? [begin] : []), ...(last === end ? [end] : []), now])
}
