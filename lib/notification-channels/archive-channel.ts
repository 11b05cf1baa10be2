import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { sealSecrets } from './channel-secrets.ts'
import { lockChannel } from './find-channel.ts'
import { ChannelIdInput } from './schema.ts'

/** Takes a channel out of use for good: its secrets are forgotten, what waits is dropped, its log stays. */
export function archiveChannel({ ctx, input }: VerbArgs): Promise<{ id: string; dropped: number }> {
  requirePermission(ctx, 'notifications.manage')
  const { id } = parseInput(ChannelIdInput, input)
  return transact(ctx, async tx => {
    const { name } = await lockChannel(tx, ctx, id)
    const archivedAt = new Date()
    await tx.notificationChannel.update({
      where: { id },
      data: { archivedAt, enabled: false, secrets: sealSecrets(id, {}), previousSecret: null, previousUntil: null },
    })
    const { count: dropped } = await tx.notificationDelivery.updateMany({
      where: { channelId: id, state: 'waiting' },
      data: { state: 'dropped', endedAt: archivedAt },
    })
    await audit(tx, ctx, {
      action: 'notification_channel.archived',
      subject: { kind: 'notification_channel', id, name },
      after: { dropped },
    })
    await announce(tx, ctx, 'notices')
    return { id, dropped }
  })
}
