import { portalUrl } from '#lib/platform/addresses.ts'
import { sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { NotificationChannel } from '#prisma/generated/client.ts'
import { openSecrets } from './channel-secrets.ts'
import { type ChannelDto, type ChannelKindId, ChannelTarget, type DeliveryState } from './schema.ts'

const DAY_MS = 86_400_000

/** A channel as its page shows it, without its secrets. */
export async function toChannelDto(tx: Transaction, channel: NotificationChannel): Promise<ChannelDto> {
  const [dto] = await toChannelDtos(tx, [channel])
  if (!dto) throw new Error('one channel makes one')
  return dto
}

/** The same of several, in two queries. */
export async function toChannelDtos(tx: Transaction, channels: readonly NotificationChannel[]): Promise<ChannelDto[]> {
  const ids = channels.map(({ id }) => id)
  const lately = new Date(Date.now() - DAY_MS)
  const counts = await tx.notificationDelivery.groupBy({
    by: ['channelId', 'state'],
    where: { channelId: { in: ids }, OR: [{ state: 'waiting' }, { state: 'failed', endedAt: { gte: lately } }] },
    _count: true,
  })
  const latest = await latestOf(tx, ids)
  return channels.map(channel => {
    const count = (state: string) =>
      counts.find(one => one.channelId === channel.id && one.state === state)?._count ?? 0
    const last = latest.find(one => one.channelId === channel.id)
    const { id, name, enabled, newsKinds, detailsUpTo, version } = channel
    return {
      ...{ id, name, enabled, newsKinds, detailsUpTo, version },
      kind: channel.kind as ChannelKindId,
      target: ChannelTarget.parse(channel.target),
      secretsSet: Object.keys(openSecrets(channel)),
      previousSecretUntil: future(channel.previousUntil),
      interactionsUrl: channel.kind === 'slack' ? `${portalUrl()}/api/notifications/slack/${id}` : null,
      createdAt: channel.createdAt.toISOString(),
      updatedAt: channel.updatedAt.toISOString(),
      waiting: count('waiting'),
      failedLastDay: count('failed'),
      lastDelivery: last
        ? { state: last.state, at: last.at.toISOString(), status: last.status, answer: last.answer }
        : null,
    }
  })
}

interface LastAttempt {
  channelId: string
  state: DeliveryState
  at: Date
  status: number | null
  answer: string
}

/** The last attempt at the newest delivery of each channel, however long its log is. */
function latestOf(tx: Transaction, channelIds: readonly string[]): Promise<LastAttempt[]> {
  return tx.$queryRaw<LastAttempt[]>(sql`
    select c.id as "channelId", d.state, a.at, a.status, a.answer
    from unnest(${[...channelIds]}::uuid[]) as c (id)
    cross join lateral (
      select id, state from notification_deliveries where channel_id = c.id and attempts > 0 order by id desc limit 1) d
    cross join lateral (
      select at, status, answer from notification_attempts where delivery_id = d.id order by attempt desc limit 1) a`)
}

function future(at: Date | null): string | null {
  return at && at > new Date() ? at.toISOString() : null
}
