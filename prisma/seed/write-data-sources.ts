import { publishDataSource } from '#lib/data-sources/publish-data-source.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { DATA_SOURCES } from './northwind/data-sources.ts'
import { DAY_MS, demand, type Scenario } from './scenario.ts'
import type { SeededOrganization } from './write-organization.ts'

const REGISTERED_DAYS = 96
const REVIEW_DAYS = 182

/** Registers where Northwind's data comes from, and publishes it. */
export async function writeDataSources(
  tx: Transaction,
  ctx: Context,
  { organizationId, now, random }: Scenario,
  { people }: SeededOrganization,
): Promise<void> {
  for (const [index, { owner, ...source }] of DATA_SOURCES.entries()) {
    const createdAt = new Date(now - (REGISTERED_DAYS - index * 7) * DAY_MS)
    const id = random.id(createdAt.getTime())
    const ownerId = demand(people, owner).id
    const reviewedAt = new Date(createdAt.getTime() + 30 * DAY_MS)
    // The last one has never been reviewed.
    const reviewed = index === DATA_SOURCES.length - 1 ? {} : { reviewedAt, reviewedByName: owner }
    const reviewDueAt = new Date(reviewedAt.getTime() + REVIEW_DAYS * DAY_MS)
    await publishDataSource(
      tx,
      ctx,
      await tx.dataSource.create({
        data: {
          id,
          organizationId,
          ownerId,
          createdAt,
          ...reviewed,
          ...('reviewedAt' in reviewed ? { reviewDueAt } : {}),
          ...source,
        },
      }),
    )
  }
}
