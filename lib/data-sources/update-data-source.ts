import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findDataSource, requireFacts } from './find-data-source.ts'
import { publishDataSource } from './publish-data-source.ts'
import { dataSourceDtos } from './queries.ts'
import { type DataSourceDto, UpdateDataSourceInput } from './schema.ts'

/** Changes what is known of a data source; the name that callers send for it stays. */
export async function updateDataSource({ ctx, input }: VerbArgs): Promise<DataSourceDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { id, ...changes } = parseInput(UpdateDataSourceInput, input)
  const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  return transact(ctx, async tx => {
    const before = await findDataSource(tx, ctx, id)
    await requireFacts(tx, ctx, changes)
    const source = await tx.dataSource.update({ where: { id }, data })
    await audit(tx, ctx, {
      action: 'data_source.updated',
      subject: { kind: 'data_source', id, name: source.name },
      before: Object.fromEntries(Object.keys(data).map(key => [key, before[key as keyof typeof before]])),
      after: data,
    })
    await publishDataSource(tx, ctx, source)
    const [dto] = await dataSourceDtos(tx, ctx, [source])
    if (!dto) throw new Error('a data source has gone')
    return dto
  })
}
