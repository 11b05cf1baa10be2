import { notify } from '#lib/notices/notify.ts'
import { tellEach } from '#lib/notices/tell-each.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Exemption } from '#prisma/generated/client.ts'

const DAY_MS = 86_400_000
/** Days before its end at which its people are told, the nearest first. */
const DAYS_BEFORE = [1, 7, 30] as const

/**
 * Tells whoever asked for an exemption and whoever answers for it 30, 7 and 1 days before it ends, and when something
 * that they were to vouch for is late. Each is told once however often this runs. Returns the number of notices.
 */
export async function writeExemptionNotices(now = new Date()): Promise<number> {
  const { system } = databases()
  const horizon = new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS)
  const rows = await system.exemption.findMany({
    where: {
      status: 'approved',
      endsAt: { gt: now },
      OR: [{ endsAt: { lte: horizon } }, { attentionAt: { lte: now } }],
    },
  })
  return tellEach(rows, row =>
    system.$transaction(async tx => (await tellEnd(tx, row, now)) + (await tellOverdue(tx, row, now))),
  )
}

function tellEnd(tx: Transaction, row: Exemption, now: Date): number | Promise<number> {
  const left = row.endsAt.getTime() - now.getTime()
  const days = DAYS_BEFORE.find(limit => left <= limit * DAY_MS)
  // One granted for a week is no surprise thirty days before its end.
  if (!days || row.endsAt.getTime() - (row.approvedAt ?? row.createdAt).getTime() <= days * DAY_MS) return 0
  return notify(tx, systemContext(row.organizationId, 'exemption-notices'), [row.personId, row.ownerId], {
    kind: 'exemption_ending',
    supersedes: true,
    occasion: `exemption-end:${row.id}:${row.endsAt.toISOString()}:${days}`,
    title: `The exemption “${row.title}” ends in ${days === 1 ? 'a day' : `${days} days`}`,
    detail: 'Calls that need it are refused from that second on. Do without it by then, or ask for more time.',
    href: `/govern/exemptions/${row.id}`,
    dueAt: row.endsAt,
  })
}

function tellOverdue(tx: Transaction, row: Exemption, now: Date): number | Promise<number> {
  if (!row.attentionAt || row.attentionAt > now) return 0
  return notify(tx, systemContext(row.organizationId, 'exemption-notices'), [row.personId, row.ownerId], {
    kind: 'exemption_overdue',
    occasion: `exemption-overdue:${row.id}:${row.attentionAt.toISOString()}`,
    title: `A condition of the exemption “${row.title}” is overdue`,
    detail: 'Vouch for it, or have the exemption revoked.',
    href: `/govern/exemptions/${row.id}`,
    dueAt: row.attentionAt,
  })
}
