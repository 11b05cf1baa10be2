import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockDataSource } from './find-data-source.ts'
import { keepDataSource } from './keep-data-source.ts'
import { keysInForce } from './queries.ts'
import { ArchiveDataSourceInput } from './schema.ts'

/** Takes a data source out of use. Throws `conflict` while a key in force is tied to it: it would lose its tier. */
export async function archiveDataSource({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'guardrails.manage')
  const { id } = parseInput(ArchiveDataSourceInput, input)
  return transact(ctx, async tx => {
    const source = await lockDataSource(tx, ctx, id)
    const keys = await tx.apiKey.findMany({ where: keysInForce(ctx, [id]), select: { name: true }, take: 3 })
    if (keys.length > 0)
      throw conflict(`${source.name} is used by ${keys.map(key => key.name).join(', ')}. Revoke these keys first.`)
    const data = { archivedAt: new Date(), version: source.version + 1 }
    const after = await tx.dataSource.update({ where: { id }, data })
    await keepDataSource(tx, ctx, source, after, { action: 'data_source.archived', reason: '' })
    return { id }
  })
}
