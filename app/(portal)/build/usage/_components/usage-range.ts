const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export const RANGES = [
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
  { value: '90d', label: '90 d' },
] as const
export type RangeName = (typeof RANGES)[number]['value'] | 'month' | 'custom'

/** The period that the page shows, and by what it is divided. */
export interface UsageRange {
  name: RangeName
  from: string
  to: string
  interval: 'hour' | 'day'
  /** In words: "the last 30 days", "1 Nov 2026 to 7 Nov 2026". */
  words: string
}

const LENGTHS: Record<string, { ms: number; words: string }> = {
  '24h': { ms: DAY_MS, words: 'the last 24 hours' },
  '7d': { ms: 7 * DAY_MS, words: 'the last 7 days' },
  '30d': { ms: 30 * DAY_MS, words: 'the last 30 days' },
  '90d': { ms: 90 * DAY_MS, words: 'the last 90 days' },
}
const LONGEST_DAYS = 400

/**
 * Reads the period of the address: `range` is one of the names, or two days in `from` and `to` (2026-01-31), the last
 * one included, in UTC. What cannot be read is 30 days.
 */
export function usageRangeOf(params: { range?: string; from?: string; to?: string }, now = Date.now()): UsageRange {
  const custom = customRange(params.from, params.to, now)
  if (custom) return custom
  if (params.range === 'month') return monthRange(now)
  const name = params.range && LENGTHS[params.range] ? params.range : '30d'
  const length = LENGTHS[name] ?? { ms: 30 * DAY_MS, words: 'the last 30 days' }
  return {
    name: name as RangeName,
    from: new Date(now - length.ms).toISOString(),
    to: new Date(now).toISOString(),
    interval: length.ms <= 2 * DAY_MS ? 'hour' : 'day',
    words: length.words,
  }
}

function monthRange(now: number): UsageRange {
  const today = new Date(now)
  const from = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1))
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(from)
  const to = today.toISOString()
  return { name: 'month', from: from.toISOString(), to, interval: 'day', words: `${name} so far` }
}

function customRange(from: string | undefined, to: string | undefined, now: number): UsageRange | null {
  const start = dayOf(from)
  const last = dayOf(to) ?? dayOf(new Date(now).toISOString().slice(0, 10))
  if (start === null || last === null || start > last || start > now) return null
  const end = Math.min(last + DAY_MS, now)
  if (end - start > LONGEST_DAYS * DAY_MS) return null
  return {
    name: 'custom',
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
    interval: end - start <= 2 * DAY_MS ? 'hour' : 'day',
    words: start === last ? dayText(start) : `${dayText(start)} to ${dayText(last)}`,
  }
}

function dayOf(text: string | undefined): number | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const moment = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(moment) ? null : moment
}

function dayText(moment: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(moment),
  )
}
