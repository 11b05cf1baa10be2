import type { HomeItem } from '#lib/home/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const MAX_NOTICES = 50

/** The viewer's own notices. Dismissed ones too: what a person has put aside is not brought up under another name. */
export async function noticeNeeds(tx: Transaction, ctx: Context): Promise<{ item: HomeItem; dismissed: boolean }[]> {
  if (ctx.actor.kind !== 'person') return []
  const rows = await tx.notice.findMany({
    where: { organizationId: ctx.organizationId, personId: ctx.actor.id },
    orderBy: [{ dismissedAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }],
    take: MAX_NOTICES,
  })
  return rows.map(row => ({
    dismissed: row.dismissedAt !== null,
    item: {
      kind: 'notice',
      tone: row.dueAt ? 'warning' : 'info',
      title: row.title,
      detail: row.detail,
      dueAt: row.dueAt?.toISOString() ?? null,
      href: row.href,
      action: 'Open',
      noticeId: row.id,
    },
  }))
}
