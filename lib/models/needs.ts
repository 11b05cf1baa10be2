import { needOf } from '#lib/home/need-of.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const DAY_MS = 86_400_000
const SUNSET_NOTICE_DAYS = 60

/** Models that end within two months and that the viewer's own keys, or those of teams they lead, used lately. */
export async function sunsetNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person') return []
  const now = Date.now()
  const rows = await tx.$queryRaw<
    { id: string; identifier: string; sunset: Date; keys: string[]; requests: number }[]
  >(sql`
    select m.id, m.identifier, m.sunset_at as sunset, array_agg(distinct k.name order by k.name) as keys,
      sum(r.requests)::int as requests
    from models m
    join usage_rollups r on r.model_id = m.id and r.organization_id = m.organization_id
      and r.hour >= ${new Date(now - 14 * DAY_MS)}
    join api_keys k on k.id = r.key_id and k.revoked_at is null
    where m.organization_id = ${ctx.organizationId}::uuid and m.sunset_at is not null
      and m.sunset_at < ${new Date(now + SUNSET_NOTICE_DAYS * DAY_MS)}
      and (k.person_id = ${ctx.actor.id}::uuid or k.team_id = any(${ctx.actor.ledTeamIds}::uuid[]))
    group by 1, 2, 3`)
  return rows.map(row => ({
    ...needOf('model_sunset', 'warning', `/govern/catalog/${row.id}?tab=use`),
    title: `${row.identifier} ends and is still used`,
    detail: `${row.requests} calls in 14 days by ${row.keys.join(', ')}`,
    dueAt: row.sunset.toISOString(),
  }))
}

/** Models that were called without a price, for those who keep the catalog. */
export async function priceNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'models.manage')) return []
  const sums = await tx.usageRollup.groupBy({
    by: ['modelId'],
    where: {
      organizationId: ctx.organizationId,
      hour: { gte: new Date(Date.now() - 30 * DAY_MS) },
      unpricedRequests: { gt: 0 },
    },
    _sum: { unpricedRequests: true },
  })
  const requests = new Map(sums.map(sum => [sum.modelId, Number(sum._sum.unpricedRequests ?? 0n)]))
  const ids = [...requests.keys()].filter(id => id !== null)
  const models = await tx.model.findMany({ where: { id: { in: ids } }, select: { id: true, identifier: true } })
  return models.map(model => ({
    ...needOf('unpriced_usage', 'warning', `/build/models/${model.id}`),
    title: `${model.identifier} has no price`,
    detail: `${requests.get(model.id)} calls in 30 days are missing from every cost`,
    action: 'Set price',
  }))
}
