import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockDataSource } from './find-data-source.ts'
import { keepDataSource } from './keep-data-source.ts'
import { dataSourceDto } from './queries.ts'
import { type DataSourceDto, ReviewDataSourceInput } from './schema.ts'

const DAY_MS = 86_400_000

/** Records that tier, systems and regions of a data source are still right. Its owner does, or who manages classification. */
export async function reviewDataSource({ ctx, input }: VerbArgs): Promise<DataSourceDto> {
  requirePermission(ctx, 'policies.read')
  const { id, reason } = parseInput(ReviewDataSourceInput, input)
  return transact(ctx, async tx => {
    const before = await lockDataSource(tx, ctx, id)
    const owns = ctx.actor.kind === 'person' && before.ownerId === ctx.actor.id
    if (!owns && !scopeOf(ctx.actor, 'guardrails.manage')) {
      throw new DomainError('permission_denied', 'Its owner reviews it, or somebody who manages classification.')
    }
    const reviewedAt = new Date()
    const after = await tx.dataSource.update({
      where: { id },
      data: {
        reviewedAt,
        reviewedByName: ctx.actor.name,
        reviewDueAt: new Date(reviewedAt.getTime() + before.reviewEveryDays * DAY_MS),
        version: before.version + 1,
      },
    })
    await keepDataSource(tx, ctx, before, after, { action: 'data_source.reviewed', reason })
    return dataSourceDto(tx, ctx, after)
  })
}
