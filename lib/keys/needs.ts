import { needOf } from '#lib/home/need-of.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

const DAY_MS = 86_400_000
const KEY_NOTICE_DAYS = 7

/** The viewer's own keys that end within a week, or ended in the last one. */
export async function keyNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person') return []
  const now = Date.now()
  const near = { gt: new Date(now - KEY_NOTICE_DAYS * DAY_MS), lt: new Date(now + KEY_NOTICE_DAYS * DAY_MS) }
  const keys = await tx.apiKey.findMany({
    where: {
      organizationId: ctx.organizationId,
      personId: ctx.actor.id,
      kind: 'live',
      revokedAt: null,
      graceUntil: null,
      expiresAt: near,
    },
    include: { team: { select: { name: true } } },
  })
  return keys.map(key => {
    const over = key.expiresAt.getTime() <= now
    return {
      ...needOf(over ? 'key_expired' : 'key_expiring', over ? 'danger' : 'warning', `/build/keys/${key.id}`),
      title: over ? `${key.name} has expired` : `${key.name} expires soon`,
      detail: over
        ? `Calls with it are refused. ${key.team.name}`
        : `Rotate it to keep calls working. ${key.team.name}`,
      dueAt: key.expiresAt.toISOString(),
      action: over ? 'Open' : 'Rotate',
    }
  })
}
