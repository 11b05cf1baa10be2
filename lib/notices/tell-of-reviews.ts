import type { Role } from '#core/permissions.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { type News, notify } from './notify.ts'
import { peopleOfRoles } from './recipients.ts'
import { tellEach } from './tell-each.ts'

const DAY_MS = 86_400_000

/** A record whose review comes round. */
export interface Reviewed {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly ownerId: string | null
  readonly reviewDueAt: Date | null
}

/** What is told of reviews of one kind of record. */
export interface ReviewNews {
  readonly kind: News['kind']
  /** Days before a review is due at which its owner is told, the nearest first; 0: when it is due. */
  readonly daysBefore: readonly number[]
  /** Who is told where nobody owns it. */
  readonly instead: Role
  readonly detail: string
  href(id: string): string
}

/** The moment up to which reviews are told of, for the query that finds them. */
export function reviewHorizon({ daysBefore }: ReviewNews, now: Date): Date {
  return new Date(now.getTime() + Math.max(...daysBefore) * DAY_MS)
}

/** Tells the owner of each of these records that its review comes up or is due; once each time, however often it runs. */
export function tellOfReviews(due: readonly Reviewed[], news: ReviewNews, now: Date): Promise<number> {
  return tellEach(due, async ({ id, organizationId, name, ownerId, reviewDueAt }) => {
    if (!reviewDueAt) return 0
    const left = reviewDueAt.getTime() - now.getTime()
    const days = news.daysBefore.find(limit => left <= limit * DAY_MS) ?? 0
    const ctx = systemContext(organizationId, 'reviews')
    return databases().system.$transaction(async tx =>
      notify(tx, ctx, ownerId ? [ownerId] : await peopleOfRoles(tx, organizationId, [news.instead]), {
        kind: news.kind,
        occasion: `${news.kind}:${id}:${reviewDueAt.toISOString()}:${days}`,
        title: days === 0 ? `The review of ${name} is due` : `The review of ${name} is due in ${days} days`,
        detail: news.detail,
        href: news.href(id),
        dueAt: reviewDueAt,
      }),
    )
  })
}
