import { newId } from '#core/ids.ts'
import { queueDeliveries } from '#lib/notification-channels/queue-deliveries.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { NewsKindId } from './news-kinds.ts'
import { putAside } from './put-aside.ts'

const LONGEST_TITLE = 200
const LONGEST_DETAIL = 500

/** What people are told, and where they act on it. */
export interface News {
  /** What people set their preferences by. */
  readonly kind: NewsKindId
  /** The same occasion is told to the same person once, however often it comes up. */
  readonly occasion: string
  readonly title: string
  readonly detail: string
  /** The page where one acts on it. */
  readonly href: string
  readonly dueAt?: Date | null
  /** Takes the place of what the same people were told of this kind about this page: a week's notice that of a month. */
  readonly supersedes?: boolean
  /** Low risk is put together with other news for those who want that; high risk breaks through quiet hours. */
  readonly risk?: 'low' | 'medium' | 'high'
  /** The classification tier of what the detail tells of; channels leave out what is above theirs. */
  readonly tier?: string | null
  /** The request that it asks to decide, or tells of. */
  readonly approvalId?: string
  /** The channel that it is about, and that cannot tell of its own failure. */
  readonly exceptChannelId?: string
}

/**
 * Tells people something, in the transaction of what happened: each active one of them finds a notice, once per
 * occasion, and gets it through the channels that they and the organization chose, delivered by a worker. Ids that are
 * null or nobody's of this organization are passed over. Returns how many are told.
 */
export async function notify(
  tx: Transaction,
  ctx: Context,
  personIds: readonly (string | null)[],
  news: News,
): Promise<number> {
  const { organizationId } = ctx
  const asked = [...new Set(personIds)].filter(id => id !== null)
  if (asked.length === 0) return 0
  const known = await tx.person.findMany({
    where: { organizationId, id: { in: asked }, status: 'active' },
    select: { id: true, name: true },
  })
  const told = await tx.notice.createManyAndReturn({
    select: { personId: true },
    data: known.map(({ id: personId }) => ({
      id: newId(),
      organizationId,
      personId,
      kind: news.kind,
      title: news.title.slice(0, LONGEST_TITLE),
      detail: news.detail.slice(0, LONGEST_DETAIL),
      href: news.href,
      occasion: news.occasion,
      dueAt: news.dueAt ?? null,
    })),
    skipDuplicates: true,
  })
  if (told.length === 0) return 0
  const toldIds = told.map(({ personId }) => personId)
  const people = known.filter(({ id }) => toldIds.includes(id))
  if (news.supersedes) {
    await putAside(tx, ctx, { kind: news.kind, href: news.href, personIds: toldIds, before: news.occasion })
  }
  await announce(tx, ctx, 'notices', organizationId)
  await queueDeliveries(tx, ctx, people, news)
  return told.length
}
