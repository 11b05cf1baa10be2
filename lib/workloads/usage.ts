import 'server-only'
import { formatUsd } from '#core/money.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { findWorkload, seesInside } from './find-workload.ts'

const DAYS = 30
const DAY_MS = 86_400_000

/** What a workload's calls came to in 30 days, as its page shows it. */
export interface WorkloadUsage {
  asOf: string
  /** Days in UTC, those without a call too. */
  daily: { day: string; requests: number; costUsd: string }[]
  /** Models that its calls were served by or asked for, the busiest first. */
  models: { id: string | null; name: string; requests: number; costUsd: string; allowed: boolean }[]
  /** Its monthly budget; null: it has none. */
  budget: { id: string; limitUsd: string; spentUsd: string } | null
}

/** Usage of a workload from rollups; null for who is neither its owner, in its team, nor sees all usage. */
export function workloadUsage(ctx: Context, id: string, now = Date.now()): Promise<WorkloadUsage | null> {
  requirePermission(ctx, 'workloads.read')
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const workload = await findWorkload(tx, ctx, id)
    if (!seesInside(ctx, 'usage.read', workload)) return null
    const { slug, modelIds } = workload
    const today = Math.floor(now / DAY_MS) * DAY_MS
    const from = new Date(today - (DAYS - 1) * DAY_MS)
    const rows = await tx.$queryRaw<{ day: Date; requests: bigint; cost: bigint }[]>`
      select date_trunc('day', hour, 'UTC') as day, sum(requests)::bigint as requests,
        coalesce(sum(cost_nano_usd), 0)::bigint as cost
      from usage_rollups where organization_id = ${organizationId}::uuid and workload = ${slug} and hour >= ${from}
      group by 1`
    const byDay = new Map(rows.map(row => [row.day.getTime(), row]))
    const models = await tx.$queryRaw<{ id: string | null; name: string; requests: bigint; cost: bigint }[]>`
      select r.model_id as id, coalesce(max(m.identifier), 'no model of the catalog') as name,
        sum(r.requests)::bigint as requests, coalesce(sum(r.cost_nano_usd), 0)::bigint as cost
      from usage_rollups r left join models m on m.id = r.model_id and m.organization_id = r.organization_id
      where r.organization_id = ${organizationId}::uuid and r.workload = ${slug} and r.hour >= ${from}
      group by 1 order by 3 desc limit 20`
    const [budget] = await tx.$queryRaw<{ id: string; limit: bigint; spent: bigint }[]>`
      select b.id, b.limit_nano_usd as limit, coalesce((select sum(r.cost_nano_usd) from usage_rollups r
          where r.organization_id = b.organization_id and r.workload = ${slug}
            and r.hour >= date_trunc('month', now(), coalesce(b.window->>'timeZone', 'UTC'))), 0)::bigint as spent
      from budgets b where b.organization_id = ${organizationId}::uuid and b.scope = 'workload' and b.target = ${slug}
        and b.archived_at is null and b.window->>'kind' = 'month' order by b.id limit 1`
    return {
      asOf: new Date(now).toISOString(),
      daily: Array.from({ length: DAYS }, (_, index) => {
        const at = from.getTime() + index * DAY_MS
        const sums = byDay.get(at)
        const day = new Date(at).toISOString().slice(0, 10)
        return { day, requests: Number(sums?.requests ?? 0n), costUsd: formatUsd(sums?.cost ?? 0n) }
      }),
      models: models.map(row => ({
        id: row.id,
        name: row.name,
        requests: Number(row.requests),
        costUsd: formatUsd(row.cost),
        allowed: modelIds.length === 0 || (row.id !== null && modelIds.includes(row.id)),
      })),
      budget: budget ? { id: budget.id, limitUsd: formatUsd(budget.limit), spentUsd: formatUsd(budget.spent) } : null,
    }
  })
}
