import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { notify } from './notify.ts'
import { leadsOfTeam } from './recipients.ts'
import { tellEach } from './tell-each.ts'

const DAY_MS = 86_400_000
/** Days before a key's end at which its people are told, the nearest first. */
const DAYS_BEFORE = [1, 7, 30] as const

interface ExpiringKey {
  id: string
  organizationId: string
  name: string
  teamId: string
  personId: string | null
  expiresAt: Date
  createdAt: Date
}

/**
 * Tells the holder of each key that ends within 30, 7 or 1 days, or the leads of its team when nobody holds
 * it. Each of the three is told once however often this runs. Returns the number of notices written.
 */
export async function writeExpiryNotices(now = new Date()): Promise<number> {
  const { system } = databases()
  const horizon = new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS)
  const keys = await system.apiKey.findMany({
    where: { kind: 'live', revokedAt: null, graceUntil: null, expiresAt: { gt: now, lte: horizon } },
    select: {
      id: true,
      organizationId: true,
      name: true,
      teamId: true,
      personId: true,
      expiresAt: true,
      createdAt: true,
    },
  })
  return tellEach(keys, key => system.$transaction(tx => tell(tx, key, now)))
}

async function tell(tx: Transaction, key: ExpiringKey, now: Date): Promise<number> {
  const days = DAYS_BEFORE.find(limit => key.expiresAt.getTime() - now.getTime() <= limit * DAY_MS)
  // A key made for a week is no surprise thirty days before its end.
  if (!days || key.expiresAt.getTime() - key.createdAt.getTime() <= days * DAY_MS) return 0
  const job = systemContext(key.organizationId, 'expiry-notices')
  const people = key.personId ? [key.personId] : await leadsOfTeam(tx, key.organizationId, key.teamId)
  return notify(tx, job, people, {
    kind: 'key_expiring',
    title: `${key.name} expires in ${days === 1 ? 'a day' : `${days} days`}`,
    detail: 'Calls with it are refused after that. Rotate it to keep them working.',
    href: `/build/keys/${key.id}`,
    dueAt: key.expiresAt,
    supersedes: true,
    occasion: `key-expiry:${key.id}:${days}`,
  })
}
