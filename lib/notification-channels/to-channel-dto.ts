import { portalUrl } from '#lib/platform/addresses.ts'
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
  const latest = await tx.notificationDelivery.findMany({
    where: { channelId: { in: ids }, attempts: { gt: 0 } },
    distinct: ['channelId'],
    orderBy: [{ channelId: 'asc' }, { id: 'desc' }],
    include: { log: { orderBy: { attempt: 'desc' }, take: 1 } },
  })
  return channels.map(channel => {
    const count = (state: string) =>
      counts.find(one => one.channelId === channel.id && one.state === state)?._count ?? 0
    const last = latest.find(one => one.channelId === channel.id)
    const attempt = last?.log[0]
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
      lastDelivery:
        last && attempt
          ? {
              state: last.state as DeliveryState,
              at: attempt.at.toISOString(),
              status: attempt.status,
              answer: attempt.answer,
            }
          : null,
    }
  })
}

function future(at: Date | null): string | null {
  return at && at > new Date() ? at.toISOString() : null
}
