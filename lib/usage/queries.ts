import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { type Sql, sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { labelsOf } from './labels.ts'
import { bucketKey, bucketKeys, type Range, rangeOf } from './range.ts'
import { bucketSql, keyText, usageWhere } from './rollup-sql.ts'
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
      select ${keyText(groupBy, 'key')} as key, grouping(key)::int as whole, ${SUM_COLUMNS}
      from (select *, ${bucketSql(groupBy, timeZone)} as key from usage_rollups where ${where}) as rows
      group by grouping sets ((), (key))
      order by 2 desc, cost desc, requests desc, 1 limit ${MAX_GROUPS + 1}`
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

/** Stand-ins among the ids of records: none stated, and all that have no series of their own (RFC 9562, 5.9 and 5.10). */
const NONE = '00000000-0000-0000-0000-000000000000'
const REST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Usage over time within the actor's reach, split into its dearest few and one series of all the rest. */
export function usageSeries(ctx: Context, input: UsageSeriesQuery): Promise<UsageSeriesDto> {
  const query = parseInput(UsageSeriesQuery, input)
  const { interval, splitBy, timeZone } = query
  const range = rangeOf(query, interval === 'hour')
  const where = usageWhere(ctx, range, query)
  const split = splitBy === 'none' ? null : sql`coalesce(${bucketSql(splitBy, timeZone)}, ${NONE}::uuid)`
  return read(ctx, async tx => {
    const top = split ? await dearest(tx, split, where, query.top) : [NONE]
    const rows = await tx.$queryRaw<(SumRow & { at: string; key: string })[]>`
      select ${keyText(interval, 'bucket')} as at, key::text, ${SUM_COLUMNS} from (
        select *, ${bucketSql(interval, timeZone)} as bucket,
          case when ${split ?? sql`${NONE}::uuid`} = any(${top}::uuid[]) then ${split ?? sql`${NONE}::uuid`} else ${REST}::uuid end as key
        from usage_rollups where ${where}) as rows
      group by bucket, key`
    const keys = rows.some(row => row.key === REST) ? [...top, REST] : top
    const idOf = (key: string) => (key === NONE || key === REST ? null : key)
    const label = splitBy === 'none' ? () => 'All' : await labelsOf(tx, splitBy, keys.map(idOf))
    const buckets = bucketKeys(range, interval, timeZone)
    const valueAt = await valuesOf(tx, ctx, rows, range, interval, timeZone)
    return {
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      timeZone,
      interval,
      asOf: new Date().toISOString(),
      buckets,
      series: keys.map(key => ({
        key: idOf(key),
        label: key === REST ? 'All others' : label(idOf(key)),
        values: buckets.map(bucket => valueAt(key, bucket)),
      })),
    }
  })
}

async function dearest(tx: Transaction, split: Sql, where: Sql, count: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    select key::text from (select ${split} as key, cost_nano_usd, requests from usage_rollups where ${where}) as rows
    group by key order by sum(cost_nano_usd) desc, sum(requests) desc, key limit ${count}`
  return rows.map(row => row.key)
}

async function valuesOf(
  tx: Transaction,
  ctx: Context,
  rows: (SumRow & { at: string; key: string })[],
  range: Range,
  interval: 'day' | 'hour',
  timeZone: string,
): Promise<(key: string, bucket: string) => UsagePoint | null> {
  const known = await knownBuckets(tx, ctx, interval, timeZone)
  const found = new Map(rows.map(row => [`${row.key} ${row.at}`, row]))
  const partial = partialBuckets(range, interval, timeZone)
  return (key, bucket) =>
    known(bucket) ? { ...toSums(found.get(`${key} ${bucket}`) ?? NO_SUMS), partial: partial.has(bucket) } : null
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
