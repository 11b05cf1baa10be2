import 'server-only'
import type { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { afterName, nameCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { rawSql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { CachePolicy } from '#prisma/generated/client.ts'
import { type CacheSums, firstDay, SUMS, toFigures } from './figures.ts'
import { findPolicy } from './find-policy.ts'
import { readPolicy } from './policy-record.ts'
import type { CachePolicyDto, ListCachePoliciesQuery } from './schema.ts'

const FIGURES_DAYS = 30

/** Cache policies with what they did in the last thirty days, by name. */
export function listCachePolicies(
  ctx: Context,
  query: z.output<typeof ListCachePoliciesQuery>,
): Promise<Page<CachePolicyDto>> {
  requirePermission(ctx, 'cache.read')
  return read(ctx, async tx => {
    const rows = await tx.cachePolicy.findMany({
      where: {
        AND: [afterName(query.cursor)],
        organizationId: ctx.organizationId,
        ...(query.state === 'all' ? {} : { archivedAt: query.state === 'active' ? null : { not: null } }),
        ...(query.scope ? { scope: query.scope } : {}),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' as const } } : {}),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, nameCursor)
    return { ...page, data: await toDtos(tx, page.data) }
  })
}

/** One cache policy; throws `not_found` for one of another organization. */
export function getCachePolicy(ctx: Context, id: string): Promise<CachePolicyDto> {
  requirePermission(ctx, 'cache.read')
  return read(ctx, async tx => toPolicyDto(tx, await findPolicy(tx, ctx, id)))
}

/** What a cache policy was after each change, newest first. */
export function cachePolicyHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'cache.read')
  return read(ctx, async tx => {
    await findPolicy(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'cache_policy', id })
  })
}

/** A policy as the portal and the API show it. */
export async function toPolicyDto(tx: Transaction, policy: CachePolicy): Promise<CachePolicyDto> {
  const [dto] = await toDtos(tx, [policy])
  if (!dto) throw new Error('one policy makes one answer')
  return dto
}

async function toDtos(tx: Transaction, policies: readonly CachePolicy[]): Promise<CachePolicyDto[]> {
  const ids = policies.map(({ id }) => id)
  const since = firstDay(FIGURES_DAYS, new Date())
  const sums = await tx.$queryRaw<(CacheSums & { id: string })[]>`
    select policy_id::text as id, ${rawSql(SUMS)} from cache_rollups
    where policy_id = any(${ids}::uuid[]) and hour >= ${since} group by 1`
  const held = await tx.cacheHolding.groupBy({
    by: ['policyId'],
    where: { policyId: { in: ids } },
    _sum: { entries: true, bytes: true },
  })
  const teams = await tx.team.findMany({
    where: { id: { in: policies.flatMap(({ scope, target }) => (scope === 'team' && target ? [target] : [])) } },
    select: { id: true, name: true },
  })
  return policies.map(policy => {
    const { scope, rules } = readPolicy(policy)
    const holding = held.find(({ policyId }) => policyId === policy.id)?._sum
    return {
      id: policy.id,
      name: policy.name,
      scope,
      target: policy.target,
      targetName: teams.find(({ id }) => id === policy.target)?.name ?? policy.target,
      ...rules,
      version: policy.version,
      createdAt: policy.createdAt.toISOString(),
      updatedAt: policy.updatedAt.toISOString(),
      purgedAt: policy.purgedAt?.toISOString() ?? null,
      archivedAt: policy.archivedAt?.toISOString() ?? null,
      figures: toFigures(sums.find(({ id }) => id === policy.id)),
      entries: holding?.entries ?? 0,
      bytes: Number(holding?.bytes ?? 0n),
    }
  })
}
