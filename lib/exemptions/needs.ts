import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const DUE_MS = 7 * 86_400_000
const MOST = 20

/** Exemptions that end soon or have something overdue: one's own, and for Security all that are overdue. */
export async function exemptionNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person') return []
  const now = new Date()
  const mine = { OR: [{ personId: ctx.actor.id }, { ownerId: ctx.actor.id }] }
  const late = { attentionAt: { lte: now } }
  const soon = { endsAt: { lte: new Date(now.getTime() + DUE_MS) } }
  const rows = await tx.exemption.findMany({
    where: {
      organizationId: ctx.organizationId,
      status: 'approved',
      endsAt: { gt: now },
      OR: [{ AND: [mine, { OR: [late, soon] }] }, ...(scopeOf(ctx.actor, 'exemptions.manage') ? [late] : [])],
    },
    orderBy: { endsAt: 'asc' },
    take: MOST,
  })
  return rows.map(row => {
    const overdue = row.attentionAt !== null && row.attentionAt <= now
    return {
      kind: 'exemption',
      tone: overdue ? 'danger' : 'warning',
      title: overdue ? `A condition of “${row.title}” is overdue` : `The exemption “${row.title}” ends soon`,
      detail: overdue ? 'Vouch for it, or have it revoked' : 'Calls that need it are refused from that second on',
      dueAt: (overdue && row.attentionAt ? row.attentionAt : row.endsAt).toISOString(),
      href: `/govern/exemptions/${row.id}`,
      action: 'Open',
      noticeId: null,
    }
  })
}
