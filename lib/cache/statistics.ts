import 'server-only'
import type { z } from 'zod'
import { formatUsd } from '#core/money.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { rawSql, sql } from '#lib/platform/sql.ts'
import { read } from '#lib/platform/transaction.ts'
import { type CacheSums, firstDay, SUMS, toFigures } from './figures.ts'
import { findPolicy } from './find-policy.ts'
import type { CacheStatisticsDto, CacheStatisticsQuery } from './schema.ts'

const DAY_MS = 86_400_000
const MOST_MODELS = 20

/** What the cache did by day and model, from rollups; whole days in UTC, today included. */
export function cacheStatistics(
  ctx: Context,
  { days, policyId }: z.output<typeof CacheStatisticsQuery>,
): Promise<CacheStatisticsDto> {
  requirePermission(ctx, 'cache.read')
  const to = new Date()
  const from = firstDay(days, to)
  return read(ctx, async tx => {
    if (policyId) await findPolicy(tx, ctx, policyId)
    const covered = sql`r.organization_id = ${ctx.organizationId}::uuid and r.hour >= ${from}
      ${policyId ? sql`and r.policy_id = ${policyId}::uuid` : rawSql('')}`
    const [total] = await tx.$queryRaw<CacheSums[]>`select ${rawSql(SUMS)} from cache_rollups r where ${covered}`
    const daily = await tx.$queryRaw<(CacheSums & { day: string })[]>`
      select to_char(r.hour at time zone 'UTC', 'YYYY-MM-DD') as day, ${rawSql(SUMS)} from cache_rollups r
      where ${covered} group by 1`
    const models = await tx.$queryRaw<(CacheSums & { id: string | null; name: string | null })[]>`
      select r.model_id::text as id, m.display_name as name, ${rawSql(SUMS)} from cache_rollups r
      left join models m on m.id = r.model_id where ${covered} and r.hits + r.misses > 0
      group by 1, 2 order by saved desc, hits desc limit ${MOST_MODELS}`
    const held = await tx.cacheHolding.aggregate({
      where: { organizationId: ctx.organizationId, ...(policyId ? { policyId } : {}) },
      _sum: { entries: true, bytes: true },
    })
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      total: toFigures(total),
      daily: daysFrom(from, days).map(day => {
        const sums = daily.find(row => row.day === day)
        const { hits, misses, savedMs } = toFigures(sums)
        return { day, hits, misses, savedUsd: formatUsd(sums?.saved ?? 0n), savedMs }
      }),
      models: models.map(({ id, name, ...sums }) => ({
        modelId: id,
        model: name ?? 'A model that is gone',
        ...toFigures(sums),
      })),
      entries: held._sum.entries ?? 0,
      bytes: Number(held._sum.bytes ?? 0n),
    }
  })
}

function daysFrom(from: Date, days: number): string[] {
  return Array.from({ length: days }, (_, day) => new Date(from.getTime() + day * DAY_MS).toISOString().slice(0, 10))
}
