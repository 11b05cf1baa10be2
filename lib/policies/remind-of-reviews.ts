import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'

const DAY_MS = 86_400_000
/** Days before a review is due at which its owner is told, the nearest first; 0: when it is due. */
const DAYS_BEFORE = [0, 7, 14] as const

/** Tells the owner of each policy whose review is due within 14 or 7 days, or is due; Legal where nobody owns it. */
export async function remindOfPolicyReviews(now = new Date()): Promise<number> {
  const { system } = databases()
  const horizon = new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS)
  const due = await system.policy.findMany({
    where: { archivedAt: null, reviewDueAt: { lte: horizon } },
    select: { id: true, organizationId: true, name: true, ownerId: true, reviewDueAt: true },
  })
  let written = 0
  for (const { id, organizationId, name, ownerId, reviewDueAt } of due) {
    if (!reviewDueAt) continue
    const left = reviewDueAt.getTime() - now.getTime()
    const days = DAYS_BEFORE.find(limit => left <= limit * DAY_MS) ?? 0
    const ctx = systemContext(organizationId, 'policies')
    written += await system.$transaction(async tx =>
      notify(tx, ctx, ownerId ? [ownerId] : await peopleOfRoles(tx, organizationId, ['legal']), {
        kind: 'policy_review_due',
        occasion: `policy-review:${id}:${reviewDueAt.toISOString()}:${days}`,
        title: days === 0 ? `The review of ${name} is due` : `The review of ${name} is due in ${days} days`,
        detail: 'Change it, or record that it was reviewed and stays as it is.',
        href: `/govern/policies/${id}`,
        dueAt: reviewDueAt,
      }),
    )
  }
  return written
}
