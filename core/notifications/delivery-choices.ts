import type { NotificationPreferences } from './preferences.ts'

/** Where persons can be reached besides the portal. */
export const PERSONAL_CHANNELS = ['email', 'slack'] as const
export type PersonalChannel = (typeof PERSONAL_CHANNELS)[number]

export const DELIVERY_TIMES = ['now', 'digest', 'off'] as const
export type DeliveryTime = (typeof DELIVERY_TIMES)[number]

/**
 * When a kind of news reaches somebody through a channel: what they chose for it, or for everything else (`*`); without
 * a choice at once, or put together with other news if it is low risk.
 */
export function deliveryTimeOf(
  { delivery }: NotificationPreferences,
  news: { kind: string; channel: PersonalChannel; risk: 'low' | 'medium' | 'high' },
): DeliveryTime {
  const own = delivery.filter(({ channel }) => channel === news.channel)
  const chosen = own.findLast(({ kind }) => kind === news.kind) ?? own.findLast(({ kind }) => kind === '*')
  return chosen?.when ?? (news.risk === 'low' ? 'digest' : 'now')
}
