import { type ReviewNews, reviewHorizon, tellOfReviews } from '#lib/notices/tell-of-reviews.ts'
import { databases } from '#lib/platform/database.ts'

const NEWS: ReviewNews = {
  kind: 'policy_review_due',
  daysBefore: [0, 7, 14],
  instead: 'legal',
  detail: 'Change it, or record that it was reviewed and stays as it is.',
  href: id => `/govern/policies/${id}`,
}

/** Tells the owner of each policy whose review is due within 14 or 7 days, or is due; Legal where nobody owns it. */
export async function remindOfPolicyReviews(now = new Date()): Promise<number> {
  const due = await databases().system.policy.findMany({
    where: { archivedAt: null, reviewDueAt: { lte: reviewHorizon(NEWS, now) } },
    select: { id: true, organizationId: true, name: true, ownerId: true, reviewDueAt: true },
  })
  return tellOfReviews(due, NEWS, now)
}
