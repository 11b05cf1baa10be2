import { databases } from '#lib/platform/database.ts'
import { log } from '#lib/platform/log.ts'
import type { NotificationDelivery } from '#prisma/generated/client.ts'
import { attemptDelivery } from './attempt-delivery.ts'

/** Longer than any attempt takes: whose worker is gone is taken up by another after it. */
export const CLAIM_MS = 90_000
const AT_ONCE = 40

/**
 * Delivers what is due, at most forty messages at a time; returns how many it took up. Any number of workers may: each
 * row is claimed by one of them, and a digest is claimed as a whole.
 */
export async function deliverDue(now = new Date()): Promise<number> {
  const claimed = await claim(now)
  const channels = await databases().system.notificationChannel.findMany({
    where: { id: { in: [...new Set(claimed.map(({ channelId }) => channelId))] } },
  })
  const groups = Map.groupBy(claimed, ({ id, digest, channelId, personId }) => {
    return digest ? `${channelId} ${personId}` : id
  })
  const attempts = [...groups.values()].map(async ([first, ...others]) => {
    const channel = channels.find(one => one.id === first?.channelId)
    if (first && channel) await attemptDelivery(channel, [first, ...others])
  })
  for (const result of await Promise.allSettled(attempts)) {
    if (result.status === 'rejected')
      log.error({ error: String(result.reason) }, 'a delivery could not be written down')
  }
  return claimed.length
}

/** Counts the attempt when it begins, so that one which takes the worker down with it is counted as well. */
async function claim(now: Date): Promise<NotificationDelivery[]> {
  const until = new Date(now.getTime() + CLAIM_MS)
  const { system } = databases()
  const rows = await system.$queryRaw<{ id: string }[]>`
    update notification_deliveries set claimed_until = ${until}, attempts = attempts + 1
    where id in (
      select d.id from notification_deliveries d join notification_channels c on c.id = d.channel_id
      where d.state = 'waiting' and d.next_at <= ${now} and (d.claimed_until is null or d.claimed_until <= ${now})
        and c.enabled and c.archived_at is null
      order by d.next_at, d.id limit ${AT_ONCE} for update of d skip locked)
    returning id`
  return system.notificationDelivery.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  })
}
