import { archiveBudget } from '#lib/budgets/archive-budget.ts'
import { archiveCachePolicy } from '#lib/cache/archive-policy.ts'
import { updateDataSource } from '#lib/data-sources/update-data-source.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { archiveRateLimit } from '#lib/rate-limits/archive-rate-limit.ts'
import { archiveRoute } from '#lib/routes/archive-route.ts'
import type { Workload } from '#prisma/generated/client.ts'
import type { ReclaimedDto } from './schema.ts'

/** What ends with a workload: its keys, budgets, routes, rate limits and cache policies, and its ties to data. */
export async function reclaimable(tx: Transaction, { organizationId, id, slug }: Workload): Promise<ReclaimedDto[]> {
  const named = { select: { id: true, name: true }, orderBy: { id: 'asc' } } as const
  const own = { organizationId, scope: 'workload', target: slug, archivedAt: null }
  const keys = await tx.apiKey.findMany({ where: { organizationId, workloadId: id, revokedAt: null }, ...named })
  const keyIds = keys.map(key => key.id)
  const ofKeys = { organizationId, scope: 'key', target: { in: keyIds }, archivedAt: null }
  const budgets = await tx.budget.findMany({ where: { OR: [own, { ...ofKeys, keyId: null }] }, ...named })
  const routes = await tx.route.findMany({ where: own, ...named })
  const limits = await tx.rateLimit.findMany({ where: ofKeys, ...named })
  const policies = await tx.cachePolicy.findMany({ where: own, ...named })
  const sources = await tx.dataSource.findMany({
    where: { organizationId, archivedAt: null, workloads: { has: slug } },
    ...named,
  })
  const of = (kind: ReclaimedDto['kind'], rows: readonly { id: string; name: string }[]) =>
    rows.map(row => ({ kind, ...row }))
  return [
    ...of('key', keys),
    ...of('budget', budgets),
    ...of('route', routes),
    ...of('rate_limit', limits),
    ...of('cache_policy', policies),
    ...of('data_source', sources),
  ]
}

/** Takes all of that back, each by the verb of its own domain and with its own trace, in the caller's transaction. */
export async function reclaim(
  tx: Transaction,
  ctx: Context,
  workload: Workload,
  reason: string,
): Promise<ReclaimedDto[]> {
  const all = await reclaimable(tx, workload)
  const inner: Context = { ...ctx, tx }
  for (const { kind, id } of all) await TAKE_BACK[kind](inner, id, reason, workload.slug)
  return all
}

type TakeBack = (ctx: Context, id: string, reason: string, slug: string) => Promise<unknown>

const TAKE_BACK: Readonly<Record<ReclaimedDto['kind'], TakeBack>> = {
  key: (ctx, id, reason) => revokeKey({ ctx, input: { id, reason } }),
  budget: (ctx, id, reason) => archiveBudget({ ctx, input: { id, reason } }),
  route: (ctx, id, reason) => archiveRoute({ ctx, input: { id, reason } }),
  rate_limit: (ctx, id, reason) => archiveRateLimit({ ctx, input: { id, reason } }),
  cache_policy: (ctx, id, reason) => archiveCachePolicy({ ctx, input: { id, reason } }),
  async data_source(ctx, id, _, slug) {
    const source = await ctx.tx?.dataSource.findFirst({ where: { id, organizationId: ctx.organizationId } })
    const workloads = (source?.workloads ?? []).filter(name => name !== slug)
    return updateDataSource({ ctx, input: { id, workloads } })
  },
}
