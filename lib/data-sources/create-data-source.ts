import { newId } from '#core/ids.ts'
import { freeSlug, slugOf } from '#core/slug.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireFacts } from './find-data-source.ts'
import { keepDataSource } from './keep-data-source.ts'
import { dataSourceDto } from './queries.ts'
import { CreateDataSourceInput, type DataSourceDto } from './schema.ts'

/** Registers where data comes from: whatever uses it is classified at least as it is. */
export async function createDataSource({ ctx, input }: VerbArgs): Promise<DataSourceDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { reason, ...given } = parseInput(CreateDataSourceInput, input)
  const { organizationId } = ctx
  return transact(ctx, async tx => {
    const data = await requireFacts(tx, ctx, given)
    const taken = await tx.dataSource.findMany({ where: { organizationId }, select: { slug: true } })
    const slug = freeSlug(slugOf(data.name), new Set(taken.map(row => row.slug)))
    const source = await tx.dataSource.create({ data: { id: newId(), organizationId, slug, ...data } })
    await keepDataSource(tx, ctx, null, source, { action: 'data_source.created', reason })
    return dataSourceDto(tx, ctx, source)
  })
}
