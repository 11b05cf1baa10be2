import { randomBytes } from 'node:crypto'
import { newId } from '#core/ids.ts'
import { webhookSecret } from '#core/notifications/standard-webhook.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import { requireTierName } from '#lib/tiers/tier-name.ts'
import { sealSecrets } from './channel-secrets.ts'
import { channelInWords } from './channel-words.ts'
import { type ChannelWithSecretDto, CreateChannelInput } from './schema.ts'
import { splitTarget } from './split-target.ts'
import { toChannelDto } from './to-channel-dto.ts'

/** Adds a channel. A webhook gets a signing secret, which is in the answer and nowhere else. */
export function createChannel({ ctx, input }: VerbArgs): Promise<ChannelWithSecretDto> {
  requirePermission(ctx, 'notifications.manage')
  const { name, enabled, newsKinds, detailsUpTo: tier, target: given } = parseInput(CreateChannelInput, input)
  return transact(ctx, async tx => {
    const detailsUpTo = await requireTierName(tx, ctx, tier, 'detailsUpTo')
    const secret = given.kind === 'webhook' ? webhookSecret(randomBytes(32)) : null
    const { target, secrets } = splitTarget(given, secret === null ? {} : { signingSecret: secret }, null)
    const [id, { organizationId }] = [newId(), ctx]
    const data = { id, organizationId, kind: target.kind, name, enabled, newsKinds, detailsUpTo, target }
    const channel = await tx.notificationChannel.create({ data: { ...data, secrets: sealSecrets(id, secrets) } })
    await keepVersion(tx, ctx, {
      ...{ kind: 'notification_channel', id, name, version: 1, before: null, reason: '' },
      document: data,
      after: channelInWords(channel, Object.keys(secrets)),
      action: 'notification_channel.created',
    })
    await announce(tx, ctx, 'notices')
    return { ...(await toChannelDto(tx, channel)), secret }
  })
}
