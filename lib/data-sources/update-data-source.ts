import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import type { DataSource } from '#prisma/generated/client.ts'
import { lockDataSource, requireFacts } from './find-data-source.ts'
import { keepDataSource } from './keep-data-source.ts'
import { dataSourceDto } from './queries.ts'
import { type DataSourceDto, UpdateDataSourceInput } from './schema.ts'

const DAY_MS = 86_400_000

/** Changes what is known of a data source; the name that callers send for it stays. */
export async function updateDataSource({ ctx, input }: VerbArgs): Promise<DataSourceDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { id, reason, ...given } = parseInput(UpdateDataSourceInput, input)
  return transact(ctx, async tx => {
    const before = await lockDataSource(tx, ctx, id)
    const changes = await requireFacts(tx, ctx, given)
    const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const moved = movedReview(before, changes.reviewEveryDays)
    const source = await tx.dataSource.update({
      where: { id },
      data: { ...data, ...moved, version: before.version + 1 },
    })
    await keepDataSource(tx, ctx, before, source, { action: 'data_source.updated', reason })
    return dataSourceDto(tx, ctx, source)
  })
}

/** A new cadence counts from the last review. */
function movedReview({ reviewedAt }: DataSource, days: number | undefined): { reviewDueAt?: Date } {
  return days && reviewedAt ? { reviewDueAt: new Date(reviewedAt.getTime() + days * DAY_MS) } : {}
}
