import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const MOST = 20

/** Requests for models that cannot be decided before somebody says where the model would run. */
export async function modelRequestNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'models.manage')) return []
  const requests = await tx.modelRequest.findMany({
    where: { organizationId: ctx.organizationId, state: 'in_review' },
    orderBy: { id: 'asc' },
    take: MOST,
  })
  return requests.map(({ id, identifier, requesterName, providerName }) => ({
    kind: 'model_request_review',
    tone: 'info',
    title: `${identifier} waits for a review`,
    detail: `${requesterName} asks for it at ${providerName}`,
    dueAt: null,
    href: `/govern/catalog/requests/${id}`,
    action: 'Review',
    noticeId: null,
  }))
}
