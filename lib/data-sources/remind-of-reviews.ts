import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'

const DAY_MS = 86_400_000
/** Days before a review is due at which its owner is told, the nearest first; 0: when it is due. */
const DAYS_BEFORE = [0, 14] as const

/** Tells the owner of each data source whose review is due within 14 days or is due; Security where nobody owns it. */
export async function remindOfDataSourceReviews(now = new Date()): Promise<number> {
  const { system } = databases()
  const horizon = new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS)
  const due = await system.dataSource.findMany({
    where: { archivedAt: null, reviewDueAt: { lte: horizon } },
    select: { id: true, organizationId: true, name: true, ownerId: true, reviewDueAt: true },
  })
  let written = 0
  for (const { id, organizationId, name, ownerId, reviewDueAt } of due) {
    if (!reviewDueAt) continue
    const left = reviewDueAt.getTime() - now.getTime()
    const days = DAYS_BEFORE.find(limit => left <= limit * DAY_MS) ?? 0
    const ctx = systemContext(organizationId, 'data sources')
    written += await system.$transaction(async tx =>
      notify(tx, ctx, ownerId ? [ownerId] : await peopleOfRoles(tx, organizationId, ['security']), {
        kind: 'data_source_review_due',
        occasion: `data-source-review:${id}:${reviewDueAt.toISOString()}:${days}`,
        title: days === 0 ? `The review of ${name} is due` : `The review of ${name} is due in ${days} days`,
        detail: 'Say whether its tier, systems and regions are still right.',
        href: '/govern/classification',
        dueAt: reviewDueAt,
      }),
    )
  }
  return written
}
