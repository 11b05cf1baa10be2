import type { Context } from '#lib/platform/context.ts'
import { invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { requireTierName } from '#lib/tiers/tier-name.ts'
import type { DataSource } from '#prisma/generated/client.ts'

/** A data source of the organization that is in use, locked for a change; throws `not_found` for any other. */
export async function lockDataSource(tx: Transaction, ctx: Context, id: string): Promise<DataSource> {
  await tx.$queryRaw`select 1 from data_sources where id = ${id}::uuid for update`
  return findDataSource(tx, ctx, id)
}

/** A data source of the organization that is in use; throws `not_found` for any other. */
export async function findDataSource(tx: Transaction, ctx: Context, id: string): Promise<DataSource> {
  const where = { id, organizationId: ctx.organizationId, archivedAt: null }
  const source = await tx.dataSource.findFirst({ where })
  if (!source) throw notFound('data source')
  return source
}

/** Facts with the tier's name as it is written here. Throws `invalid_input` unless tier and owner are the organization's. */
export async function requireFacts<Facts extends { tier?: string | undefined; ownerId?: string | null | undefined }>(
  tx: Transaction,
  ctx: Context,
  facts: Facts,
): Promise<Facts> {
  const { organizationId } = ctx
  const tier = await requireTierName(tx, ctx, facts.tier)
  if (facts.ownerId && !(await tx.person.findFirst({ where: { id: facts.ownerId, organizationId } })))
    throw invalid('ownerId', 'The owner is nobody of this organization.')
  return tier === undefined ? facts : { ...facts, tier }
}

/** Throws `invalid_input` unless every id is that of a data source in use. */
export async function requireDataSources(tx: Transaction, ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const where = { id: { in: [...ids] }, organizationId: ctx.organizationId, archivedAt: null }
  if ((await tx.dataSource.count({ where })) === new Set(ids).size) return
  throw invalid('dataSourceIds', 'One of these data sources is not one of this organization.')
}

/** Throws `invalid_input` unless every slug is that of a data source in use. */
export async function requireSlugs(tx: Transaction, ctx: Context, slugs: readonly string[]): Promise<void> {
  if (slugs.length === 0) return
  const where = { slug: { in: [...slugs] }, organizationId: ctx.organizationId, archivedAt: null }
  const known = await tx.dataSource.findMany({ where, select: { slug: true } })
  const unknown = slugs.find(slug => !known.some(source => source.slug === slug))
  if (unknown === undefined) return
  throw invalid('dataSources', `"${unknown}" is no data source here. Use the name that callers send.`)
}
