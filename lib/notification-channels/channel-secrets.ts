import { open, seal } from '#core/secrets.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import type { NotificationChannel } from '#prisma/generated/client.ts'
import type { ChannelSecrets } from './channel-kind.ts'

/** A channel's secrets as they are kept: unreadable without the installation's key, and in no other channel. */
export function sealSecrets(channelId: string, secrets: ChannelSecrets): string {
  return seal(secretKey('notification-channel'), contextOf(channelId), JSON.stringify(secrets))
}

/** The secrets that a channel keeps; never to be shown or logged. */
export function openSecrets({ id, secrets }: Pick<NotificationChannel, 'id' | 'secrets'>): ChannelSecrets {
  return JSON.parse(open(secretKey('notification-channel'), contextOf(id), secrets))
}

function contextOf(channelId: string): string {
  return `notification-channel:${channelId}`
}
