import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import { requireTierName } from '#lib/tiers/tier-name.ts'
import { openSecrets, sealSecrets } from './channel-secrets.ts'
import { channelInWords } from './channel-words.ts'
import { lockChannel } from './find-channel.ts'
import { type ChannelDto, ChannelTarget, UpdateChannelInput } from './schema.ts'
import { splitTarget } from './split-target.ts'
import { toChannelDto } from './to-channel-dto.ts'

/** Changes a channel; secrets that are left out stay. What waits is delivered as the channel is then. */
export function updateChannel({ ctx, input }: VerbArgs): Promise<ChannelDto> {
  requirePermission(ctx, 'notifications.manage')
  const { id, target: given, reason, ...fields } = parseInput(UpdateChannelInput, input)
  return transact(ctx, async tx => {
    const before = await lockChannel(tx, ctx, id)
    if (given && given.kind !== before.kind) throw invalid('target.kind', 'A channel stays of its kind. Add another.')
    const detailsUpTo = await requireTierName(tx, ctx, fields.detailsUpTo, 'detailsUpTo')
    const kept = openSecrets(before)
    const target = ChannelTarget.parse(before.target)
    const next = given ? splitTarget(given, kept, target) : { target, secrets: kept }
    const version = before.version + 1
    const changed = Object.fromEntries(
      Object.entries({ ...fields, detailsUpTo }).filter(([, value]) => value !== undefined),
    )
    const channel = await tx.notificationChannel.update({
      where: { id },
      data: { ...changed, target: next.target, secrets: sealSecrets(id, next.secrets), version },
    })
    const { name, kind, enabled, newsKinds } = channel
    const renewed = Object.keys(next.secrets).filter(secret => next.secrets[secret] !== kept[secret])
    await keepVersion(tx, ctx, {
      ...{ kind: 'notification_channel', id, name, version, reason },
      document: { kind, name, enabled, newsKinds, detailsUpTo: channel.detailsUpTo, target: next.target },
      before: channelInWords(before, Object.keys(kept)),
      after: {
        ...channelInWords(channel, Object.keys(next.secrets)),
        ...(renewed.length > 0 ? { 'secrets replaced': renewed.join(', ') } : {}),
      },
      action: 'notification_channel.changed',
    })
    await announce(tx, ctx, 'notices')
    return toChannelDto(tx, channel)
  })
}
