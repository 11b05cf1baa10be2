import { type ReviewNews, reviewHorizon, tellOfReviews } from '#lib/notices/tell-of-reviews.ts'
import { databases } from '#lib/platform/database.ts'

const NEWS: ReviewNews = {
  kind: 'data_source_review_due',
  daysBefore: [0, 14],
  instead: 'security',
  detail: 'Say whether its tier, systems and regions are still right.',
  href: () => '/govern/classification',
}

/** Tells the owner of each data source whose review is due within 14 days or is due; Security where nobody owns it. */
export async function remindOfDataSourceReviews(now = new Date()): Promise<number> {
  const due = await databases().system.dataSource.findMany({
    where: { archivedAt: null, reviewDueAt: { lte: reviewHorizon(NEWS, now) } },
    select: { id: true, organizationId: true, name: true, ownerId: true, reviewDueAt: true },
  })
  return tellOfReviews(due, NEWS, now)
}
