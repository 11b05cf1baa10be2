import type { HomeItem } from '#lib/home/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const WEEK_MS = 7 * 86_400_000

/** Risks that the viewer owns and whose review is due. */
export async function riskNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person') return []
  const now = Date.now()
  const rows = await tx.risk.findMany({
    where: {
      organizationId: ctx.organizationId,
      ownerId: ctx.actor.id,
      closedAt: null,
      reviewAt: { lte: new Date(now + WEEK_MS) },
    },
    orderBy: { reviewAt: 'asc' },
    take: 20,
  })
  return rows.map(({ id, title, reviewAt }) => ({
    kind: 'risk',
    tone: reviewAt.getTime() <= now ? 'danger' : 'warning',
    title: `The review of “${title}” is ${reviewAt.getTime() <= now ? 'overdue' : 'due'}`,
    detail: 'Look whether it is still judged right',
    dueAt: reviewAt.toISOString(),
    href: `/govern/risks/${id}`,
    action: 'Review',
    noticeId: null,
  }))
}
