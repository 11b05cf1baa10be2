import { NotificationMessage } from '#core/notifications/message.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import type { DeliveryDto, DeliveryState } from './schema.ts'

/** What is loaded with a delivery to show it. */
export const DELIVERY_PARTS = {
  channel: { select: { name: true } },
  log: { orderBy: { attempt: 'asc' } },
} satisfies Prisma.NotificationDeliveryInclude

type Row = Prisma.NotificationDeliveryGetPayload<{ include: typeof DELIVERY_PARTS }>

/** A delivery with its attempts, as the log shows it. */
export function toDeliveryDto(row: Row, personNames: ReadonlyMap<string, string>): DeliveryDto {
  const { id, channelId, kind, digest, personId } = row
  return {
    ...{ id, channelId, kind, digest },
    channelName: row.channel.name,
    title: NotificationMessage.parse(row.message).title,
    personName: personId === null ? null : (personNames.get(personId) ?? 'somebody who is not here any more'),
    state: row.state as DeliveryState,
    nextAt: row.state === 'waiting' ? row.nextAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    attempts: row.log.map(({ attempt, outcome, status, answer, ms, at }) => ({
      ...{ attempt, status, answer, ms },
      outcome: outcome as 'sent' | 'retry' | 'failed',
      at: at.toISOString(),
    })),
  }
}
