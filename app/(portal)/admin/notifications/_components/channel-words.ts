import { formatCount, formatRelativeTime } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { ChannelDto, DeliveryDto, DeliveryState } from '#lib/notification-channels/schema.ts'

export const KINDS: Readonly<Record<ChannelDto['kind'], { title: string; reach: string }>> = {
  email: { title: 'E-mail', reach: 'Each person, as they chose' },
  slack: { title: 'Slack', reach: 'Each person by direct message, and a channel if one is set; buttons decide' },
  teams: { title: 'Microsoft Teams', reach: 'All who read the Teams channel' },
  webhook: { title: 'Webhook', reach: 'A system of yours, signed' },
}

export const STATES: Readonly<Record<DeliveryState, { label: string; tone: Tone }>> = {
  waiting: { label: 'Waits', tone: 'warn' },
  sent: { label: 'Sent', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
  dropped: { label: 'Dropped', tone: 'neutral' },
}

/** The page's answer in a sentence: an alert that nobody gets does not count. */
export function headline(channels: readonly ChannelDto[]): string {
  const on = channels.filter(({ enabled }) => enabled)
  if (channels.length === 0) return 'News stays in the portal'
  const failing = on.filter(channel => healthOf(channel).tone === 'bad')
  if (failing.length > 0)
    return `${formatCount(failing.length, 'channel')} of ${on.length} ${failing.length === 1 ? 'does' : 'do'} not deliver`
  if (on.length === 0) return 'Every channel is paused'
  const untried = on.filter(({ lastDelivery }) => lastDelivery === null)
  if (untried.length > 0)
    return `${formatCount(untried.length, 'channel')} ${untried.length === 1 ? 'has' : 'have'} never delivered: send a test`
  return `${formatCount(on.length, 'channel')} ${on.length === 1 ? 'delivers' : 'deliver'}`
}

/** How a channel is, by its last delivery. */
export function healthOf({ enabled, lastDelivery, failedLastDay }: ChannelDto): { label: string; tone: Tone } {
  if (!enabled) return { label: 'Paused', tone: 'neutral' }
  if (lastDelivery === null) return { label: 'Never tried', tone: 'warn' }
  if (lastDelivery.state === 'sent') {
    return failedLastDay > 0 ? { label: 'Delivers, some failed', tone: 'warn' } : { label: 'Delivers', tone: 'ok' }
  }
  return lastDelivery.state === 'waiting' ? { label: 'Tries again', tone: 'warn' } : { label: 'Fails', tone: 'bad' }
}

/** Where a channel leads, in a line. */
export function placeOf({ target }: ChannelDto): string {
  switch (target.kind) {
    case 'email':
      return `${target.host}:${target.port}, from ${target.from}`
    case 'slack':
      return target.channelId ? `Persons and channel ${target.channelId}` : 'Persons'
    case 'teams':
      return 'A workflow of Microsoft Teams'
    case 'webhook':
      return target.url
  }
}

/** What came of a delivery so far, in a line. */
export function outcomeOf({ state, attempts, nextAt, createdAt }: DeliveryDto, now: number): string {
  const last = attempts.at(-1)
  const said = last ? `${last.status === null ? '' : `${last.status} `}${last.answer}` : ''
  if (state !== 'waiting') return said || '–'
  const next = `${attempts.length === 0 ? 'first' : 'next'} try ${formatRelativeTime(nextAt ?? createdAt, now)}`
  return said ? `${said}; ${next}` : next
}
