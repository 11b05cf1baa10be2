import {
  type DeliveryTime,
  deliveryTimeOf,
  PERSONAL_CHANNELS,
  type PersonalChannel,
} from '#core/notifications/delivery-choices.ts'
import type { NotificationPreferences } from '#core/notifications/preferences.ts'

/** Preferences as their form holds them: times by `kind channel`. */
export type PreferencesText = {
  delivery: Record<string, DeliveryTime>
  digest: 'off' | 'hour' | 'day'
  digestAt: string
  quietFrom: string
  quietTo: string
  timeZone: string
}

export function fromPreferences(
  preferences: NotificationPreferences,
  kinds: readonly { kind: string }[],
): PreferencesText {
  const { digest, quietHours, timeZone } = preferences
  const entries = kinds.flatMap(({ kind }) =>
    PERSONAL_CHANNELS.map(channel => {
      return [`${kind} ${channel}`, deliveryTimeOf(preferences, { kind, channel, risk: 'medium' })] as const
    }),
  )
  return {
    delivery: Object.fromEntries(entries),
    digest: digest?.every ?? 'off',
    digestAt: digest?.every === 'day' ? digest.at : '08:00',
    quietFrom: quietHours?.from ?? '',
    quietTo: quietHours?.to ?? '',
    timeZone,
  }
}

/**
 * What the verb reads. What is delivered at once anyway is left out, so that low risk still waits for the digest; but
 * not where everything else is not delivered at once, which would take its place.
 */
export function toPreferences(text: PreferencesText): object {
  const { delivery, digest, digestAt, quietFrom, quietTo, timeZone } = text
  return {
    delivery: Object.entries(delivery)
      .filter(([name, when]) => when !== 'now' || delivery[`* ${name.split(' ')[1]}`] !== 'now')
      .map(([name, when]) => {
        const [kind = '', channel] = name.split(' ')
        return { kind, channel: channel as PersonalChannel, when }
      }),
    digest: digest === 'off' ? null : digest === 'hour' ? { every: 'hour' } : { every: 'day', at: digestAt },
    quietHours: quietFrom || quietTo ? { from: quietFrom, to: quietTo } : null,
    timeZone,
  }
}
