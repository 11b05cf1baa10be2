import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { usageSeries, usageSummary } from './queries.ts'
import { rangeOf } from './range.ts'
import { bucketSql, usageWhere } from './rollup-sql.ts'
import type { UsageQuery, UsageRow } from './schema.ts'

export interface TeamSpend extends UsageRow {
  /** The model that cost the team most; null when none did. */
  largestModel: string | null
  /** Decimal US dollars of each day, for a small line; null where there is no record. */
  dailyCostUsd: (string | null)[]
}

/** What each team within the actor's reach has spent, dearest first. */
export async function spendByTeam(
  ctx: Context,
  input: Pick<UsageQuery, 'from' | 'to' | 'timeZone'>,
): Promise<TeamSpend[]> {
  const period = rangeOf(input, false)
  const fixed = { ...input, from: period.from.toISOString(), to: period.to.toISOString() }
  return read(ctx, async tx => {
    const joined = { ...ctx, tx }
    const { data } = await usageSummary(joined, { ...fixed, groupBy: 'team' })
    const { series } = await usageSeries(joined, { ...fixed, splitBy: 'team', top: 20 })
    const largest = await tx.$queryRaw<{ team: string | null; model: string }[]>`
      select distinct on (team) team::text, identifier as model from (
        select ${bucketSql('team', 'UTC')} as team, model_id, sum(cost_nano_usd) as cost
        from usage_rollups where ${usageWhere(ctx, period, {})} group by 1, 2) as spent
      join models on models.id = spent.model_id where cost > 0 order by team, cost desc`
    const models = new Map(largest.map(row => [row.team, row.model]))
    const days = new Map(series.map(line => [line.key, line.values.map(value => value?.costUsd ?? null)]))
    return data.map(row => ({
      ...row,
      largestModel: models.get(row.key) ?? null,
      dailyCostUsd: days.get(row.key) ?? [],
    }))
  })
}
