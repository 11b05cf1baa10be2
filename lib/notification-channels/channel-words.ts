import type { NotificationChannel } from '#prisma/generated/client.ts'
import { ChannelTarget } from './schema.ts'

/** A channel field by field, as versions of it are compared; of secrets only which are set. */
export function channelInWords(
  { name, enabled, newsKinds, detailsUpTo, target }: NotificationChannel,
  secretsSet: readonly string[],
): Record<string, string | null> {
  const { kind, ...fields } = ChannelTarget.parse(target)
  return {
    name,
    state: enabled ? 'on' : 'paused',
    news: newsKinds.length === 0 ? 'all' : newsKinds.join(', '),
    'details up to tier': detailsUpTo,
    kind,
    ...Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, value === null ? null : String(value)]),
    ),
    secrets: secretsSet.join(', '),
  }
}
