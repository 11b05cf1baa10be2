import { newId } from '#core/ids.ts'
import { freeSlug, slugOf } from '#core/slug.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireFacts } from './find-data-source.ts'
import { publishDataSource } from './publish-data-source.ts'
import { dataSourceDtos } from './queries.ts'
import { CreateDataSourceInput, type DataSourceDto } from './schema.ts'

/** Registers where data comes from: whatever uses it is classified at least as it is. */
export async function createDataSource({ ctx, input }: VerbArgs): Promise<DataSourceDto> {
  requirePermission(ctx, 'guardrails.manage')
  const data = parseInput(CreateDataSourceInput, input)
  const { organizationId } = ctx
  return transact(ctx, async tx => {
    await requireFacts(tx, ctx, data)
    const taken = await tx.dataSource.findMany({ where: { organizationId }, select: { slug: true } })
    const slug = freeSlug(slugOf(data.name), new Set(taken.map(row => row.slug)))
    const source = await tx.dataSource.create({ data: { id: newId(), organizationId, slug, ...data } })
    await audit(tx, ctx, {
      action: 'data_source.created',
      subject: { kind: 'data_source', id: source.id, name: source.name },
      after: data,
    })
    await publishDataSource(tx, ctx, source)
    const [dto] = await dataSourceDtos(tx, ctx, [source])
    if (!dto) throw new Error('a data source has gone')
    return dto
  })
}
