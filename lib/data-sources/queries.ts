import 'server-only'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { DataSource, Prisma } from '#prisma/generated/client.ts'
import { findDataSource } from './find-data-source.ts'
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

/** How much of the traffic of 30 days is known to use which data, and how well the data sources are looked after. */
export function dataCoverage(ctx: Context): Promise<DataCoverage> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const rows = await tx.usageRollup.groupBy({
      by: ['workload', 'keyId'],
      where: { organizationId, hour: { gte: new Date(Date.now() - MONTH_MS) } },
      _sum: { requests: true },
      orderBy: { _sum: { requests: 'desc' } },
    })
    const used = rows.map(({ workload, keyId, _sum }) => ({ workload, keyId, requests: Number(_sum.requests ?? 0n) }))
    const sources = await tx.dataSource.findMany({ where: { organizationId, archivedAt: null } })
    const keys = await tx.apiKey.findMany({
      where: { organizationId, OR: [{ tier: { not: null } }, { dataSourceIds: { isEmpty: false } }] },
      select: { id: true, tier: true, dataSourceIds: true },
    })
    const known = new Set(sources.flatMap(source => source.workloads))
    const tied = new Set(keys.filter(key => key.dataSourceIds.length > 0).map(key => key.id))
    const tiered = new Set(keys.filter(key => key.tier !== null).map(key => key.id))
    const hasSource = ({ workload, keyId }: Used) => known.has(workload ?? '') || tied.has(keyId ?? '')
    const hasTier = (use: Used) => hasSource(use) || tiered.has(use.keyId ?? '')
    const seen = [...new Set(used.flatMap(({ workload }) => workload ?? []))]
    const uncovered = seen.filter(workload => !known.has(workload))
    return {
      seen: seen.length,
      covered: seen.length - uncovered.length,
      uncovered: uncovered.slice(0, MOST_UNCOVERED),
      requests: total(used),
      withDataSource: total(used.filter(hasSource)),
      withTier: total(used.filter(hasTier)),
      withoutOwner: sources.filter(source => source.ownerId === null).length,
      withoutReview: sources.filter(({ reviewDueAt }) => reviewDueAt === null || reviewDueAt.getTime() <= Date.now())
        .length,
      systems: systemsOf(sources),
    }
  })
}

type Used = { workload: string | null; keyId: string | null; requests: number }

function total(used: readonly Used[]): number {
  return used.reduce((sum, { requests }) => sum + requests, 0)
}

function systemsOf(sources: readonly DataSource[]): DataCoverage['systems'] {
  const counts = new Map<string, number>()
  for (const name of sources.flatMap(source => source.systems)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, sources: count })).sort((a, b) => a.name.localeCompare(b.name))
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
  return sources.map(({ id, slug, name, description, tier, ownerId, systems, regions, workloads, ...rest }) => ({
    ...{ id, slug, name, description, tier, ownerId },
    ownerName: ownerId ? (names.get(ownerId) ?? null) : null,
    systems,
    regions,
    workloads,
    keys: keys.filter(key => key.dataSourceIds.includes(id)).length,
    reviewEveryDays: rest.reviewEveryDays,
    reviewedAt: rest.reviewedAt?.toISOString() ?? null,
    reviewedByName: rest.reviewedByName,
    reviewDueAt: rest.reviewDueAt?.toISOString() ?? null,
    version: rest.version,
    updatedAt: rest.updatedAt.toISOString(),
  }))
}

/** One data source as the portal and the API show it. */
export async function dataSourceDto(tx: Transaction, ctx: Context, source: DataSource): Promise<DataSourceDto> {
  const [dto] = await dataSourceDtos(tx, ctx, [source])
  if (!dto) throw new Error('one data source makes one answer')
  return dto
}

/** One data source that is in use. */
export function getDataSource(ctx: Context, id: string): Promise<DataSourceDto> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => dataSourceDto(tx, ctx, await findDataSource(tx, ctx, requireId(id))))
}

/** What a data source was after each change, newest first. */
export function dataSourceHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const where = { id: requireId(id), organizationId: ctx.organizationId }
    if ((await tx.dataSource.count({ where })) === 0) throw notFound('data source')
    return versionsOf(tx, ctx, { kind: 'data_source', id })
  })
}

function requireId(id: string): string {
  if (!isId(id)) throw notFound('data source')
  return id
}
