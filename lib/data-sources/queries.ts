import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { DataSource, Prisma } from '#prisma/generated/client.ts'
import type { DataCoverage, DataSourceDto } from './schema.ts'

const MONTH_MS = 30 * 86_400_000
const MOST_UNCOVERED = 5

/** The organization's data sources that are in use, by name. */
export function listDataSources(ctx: Context): Promise<DataSourceDto[]> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId, archivedAt: null }
    return dataSourceDtos(tx, ctx, await tx.dataSource.findMany({ where, orderBy: { name: 'asc' } }))
  })
}

/** Data sources to choose among: for a key, or for a request that is to be explained. */
export function dataSourceChoices(ctx: Context): Promise<{ id: string; slug: string; name: string; tier: string }[]> {
  return read(ctx, tx =>
    tx.dataSource.findMany({
      where: { organizationId: ctx.organizationId, archivedAt: null },
      orderBy: { name: 'asc' },
      select: { id: true, slug: true, name: true, tier: true },
    }),
  )
}

/** People who can answer for a data source, by name. */
export function ownerChoices(ctx: Context): Promise<{ value: string; label: string }[]> {
  requirePermission(ctx, 'guardrails.manage')
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId, deactivatedAt: null }
    const people = await tx.person.findMany({ where, orderBy: { name: 'asc' }, select: { id: true, name: true } })
    return people.map(({ id, name }) => ({ value: id, label: name }))
  })
}

/** How many of the workloads of 30 days are known to use which data. */
export function dataCoverage(ctx: Context): Promise<DataCoverage> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const rows = await tx.usageRollup.groupBy({
      by: ['workload'],
      where: { organizationId, workload: { not: null }, hour: { gte: new Date(Date.now() - MONTH_MS) } },
      _sum: { requests: true },
      orderBy: { _sum: { requests: 'desc' } },
    })
    const sources = await tx.dataSource.findMany({ where: { organizationId, archivedAt: null } })
    const known = new Set(sources.flatMap(source => source.workloads))
    const seen = rows.flatMap(row => row.workload ?? [])
    const uncovered = seen.filter(workload => !known.has(workload))
    return { seen: seen.length, covered: seen.length - uncovered.length, uncovered: uncovered.slice(0, MOST_UNCOVERED) }
  })
}

/** Keys that work and are tied to one of these data sources. */
export function keysInForce(ctx: Context, ids: readonly string[]): Prisma.ApiKeyWhereInput {
  return {
    organizationId: ctx.organizationId,
    revokedAt: null,
    expiresAt: { gt: new Date() },
    dataSourceIds: { hasSome: [...ids] },
  }
}

/** Data sources as the portal and the API show them. */
export async function dataSourceDtos(
  tx: Transaction,
  ctx: Context,
  sources: readonly DataSource[],
): Promise<DataSourceDto[]> {
  const ids = sources.map(source => source.id)
  const owners = await tx.person.findMany({
    where: { organizationId: ctx.organizationId, id: { in: sources.flatMap(source => source.ownerId ?? []) } },
    select: { id: true, name: true },
  })
  const names = new Map(owners.map(owner => [owner.id, owner.name]))
  const keys = await tx.apiKey.findMany({ where: keysInForce(ctx, ids), select: { dataSourceIds: true } })
  return sources.map(({ id, slug, name, description, tier, ownerId, systems, regions, workloads, updatedAt }) => ({
    id,
    slug,
    name,
    description,
    tier,
    ownerId,
    ownerName: ownerId ? (names.get(ownerId) ?? null) : null,
    systems,
    regions,
    workloads,
    keys: keys.filter(key => key.dataSourceIds.includes(id)).length,
    updatedAt: updatedAt.toISOString(),
  }))
}
