import { newId } from '#core/ids.ts'
import type { PersonalChannel } from '#core/notifications/delivery-choices.ts'
import { deliveryTimeOf } from '#core/notifications/delivery-choices.ts'
import type { NotificationMessage } from '#core/notifications/message.ts'
import type { NotificationPreferences } from '#core/notifications/preferences.ts'
import { deliverAt } from '#core/notifications/timing.ts'
import type { News } from '#lib/notices/notify.ts'
import { preferencesOf } from '#lib/notification-preferences/preferences-of.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { NotificationChannel, Prisma } from '#prisma/generated/client.ts'
import { ChannelTarget } from './schema.ts'

type Row = Prisma.NotificationDeliveryCreateManyInput

/**
 * Writes what is to be delivered of news, in the transaction of what happened: to each person through the channels
 * they want it by, and to channels that are sent it as a whole. Workers do the rest, so nothing is lost between.
 */
export async function queueDeliveries(
  tx: Transaction,
  ctx: Context,
  people: readonly { id: string; name: string }[],
  news: News,
): Promise<void> {
  const { organizationId } = ctx
  const channels = await tx.notificationChannel.findMany({
    where: {
      ...{ organizationId, enabled: true, archivedAt: null },
      ...(news.exceptChannelId ? { id: { not: news.exceptChannelId } } : {}),
    },
  })
  if (channels.length === 0) return
  const personIds = people.map(({ id }) => id)
  const preferences = await preferencesOf(tx, organizationId, personIds)
  const now = new Date()
  const message = messageOf(news, people.map(({ name }) => name).sort())
  const rows = channels.flatMap(channel => [
    ...(reachesPersons(channel)
      ? personIds.flatMap(id => personalRow(channel, id, preferences.get(id), message, news, now))
      : []),
    ...(isSentAll(channel, news) ? [row(channel, null, message, { at: now, digest: false })] : []),
  ])
  if (rows.length > 0) await tx.notificationDelivery.createMany({ data: rows })
}

/** The message of news, without anything that only a channel knows. */
export function messageOf(news: News, people: string[]): NotificationMessage {
  return {
    kind: news.kind,
    title: news.title,
    detail: news.detail,
    href: news.href,
    dueAt: news.dueAt?.toISOString() ?? null,
    tier: news.tier ?? null,
    approvalId: news.approvalId ?? null,
    people,
  }
}

function personalRow(
  channel: NotificationChannel,
  personId: string,
  preferences: NotificationPreferences | undefined,
  message: NotificationMessage,
  { risk = 'medium', dueAt = null }: News,
  now: Date,
): Row[] {
  if (!preferences) return []
  const wanted = deliveryTimeOf(preferences, { kind: message.kind, channel: channel.kind as PersonalChannel, risk })
  const when = deliverAt(wanted, preferences, { risk, dueAt }, now)
  return when ? [row(channel, personId, { ...message, people: [] }, when)] : []
}

function row(
  { id: channelId, organizationId }: NotificationChannel,
  personId: string | null,
  message: NotificationMessage,
  { at, digest }: { at: Date; digest: boolean },
): Row {
  return { id: newId(), organizationId, channelId, personId, kind: message.kind, message, digest, nextAt: at }
}

/** The portal's process never sends, so what a kind of channel is like is told from its target alone. */
function reachesPersons({ kind }: NotificationChannel): boolean {
  return kind === 'email' || kind === 'slack'
}

function isSentAll({ kind, newsKinds, target }: NotificationChannel, news: News): boolean {
  if (newsKinds.length > 0 && !newsKinds.includes(news.kind)) return false
  if (kind === 'email') return false
  const read = ChannelTarget.parse(target)
  return read.kind !== 'slack' || read.channelId !== null
}
