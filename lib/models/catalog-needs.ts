import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const DAY_MS = 86_400_000
const END_DAYS = 90
const REVIEW_DAYS = 14
const IN_USE = ['approved', 'restricted', 'deprecated'] as const

/** What of the catalog waits for whoever manages it, or for the owner of a model. */
export async function catalogNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  const manages = scopeOf(ctx.actor, 'models.manage') !== null
  if (!manages && ctx.actor.kind !== 'person') return []
  const mine = manages ? {} : { ownerId: ctx.actor.id }
  const now = Date.now()
  const models = await tx.model.findMany({
    where: {
      organizationId: ctx.organizationId,
      lifecycle: { in: [...IN_USE] },
      ...mine,
      OR: [
        { providerEndsOn: { lte: new Date(now + END_DAYS * DAY_MS) } },
        { reviewBy: { lte: new Date(now + REVIEW_DAYS * DAY_MS) } },
      ],
    },
  })
  const items: HomeItem[] = []
  for (const { id, identifier, providerEndsOn, providerEndSource, sunsetAt, reviewBy } of models) {
    const page = `/govern/catalog/${id}`
    const unplanned = !sunsetAt || (providerEndsOn && sunsetAt > providerEndsOn)
    if (providerEndsOn && unplanned && providerEndsOn.getTime() <= now + END_DAYS * DAY_MS) {
      items.push({
        ...{ kind: 'model_provider_end', tone: 'warning', href: page, action: 'Plan', noticeId: null },
        title: `The provider ends ${identifier}`,
        detail: `No sunset is set before that. Source: ${providerEndSource}`,
        dueAt: providerEndsOn.toISOString(),
      })
    } else if (reviewBy && reviewBy.getTime() <= now + REVIEW_DAYS * DAY_MS) {
      items.push({
        ...{ kind: 'model_review_due', tone: 'info', href: page, action: 'Review', noticeId: null },
        title: `${identifier} is due for a review`,
        detail: 'Look at its terms, price and metadata, and set the next day',
        dueAt: reviewBy.toISOString(),
      })
    }
  }
  return items
}
