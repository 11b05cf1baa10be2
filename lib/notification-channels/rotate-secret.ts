import { randomBytes } from 'node:crypto'
import { webhookSecret } from '#core/notifications/standard-webhook.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { openSecrets, sealSecrets } from './channel-secrets.ts'
import { lockChannel } from './find-channel.ts'
import { ChannelIdInput, type ChannelWithSecretDto } from './schema.ts'
import { toChannelDto } from './to-channel-dto.ts'

const OVERLAP_MS = 24 * 3_600_000

/** Gives a webhook a new signing secret. For a day messages are signed by the one before as well. */
export function rotateSecret({ ctx, input }: VerbArgs): Promise<ChannelWithSecretDto> {
  requirePermission(ctx, 'notifications.manage')
  const { id } = parseInput(ChannelIdInput, input)
  return transact(ctx, async tx => {
    const before = await lockChannel(tx, ctx, id)
    const { signingSecret: previous, ...others } = openSecrets(before)
    if (before.kind !== 'webhook' || previous === undefined)
      throw conflict('Only webhooks are signed by a secret of ours.')
    const secret = webhookSecret(randomBytes(32))
    const previousUntil = new Date(Date.now() + OVERLAP_MS)
    const channel = await tx.notificationChannel.update({
      where: { id },
      data: {
        secrets: sealSecrets(id, { ...others, signingSecret: secret }),
        previousSecret: sealSecrets(id, { signingSecret: previous }),
        previousUntil,
      },
    })
    await audit(tx, ctx, {
      action: 'notification_channel.secret_rotated',
      subject: { kind: 'notification_channel', id, name: channel.name },
      after: { previousUntil },
    })
    return { ...(await toChannelDto(tx, channel)), secret }
  })
}
