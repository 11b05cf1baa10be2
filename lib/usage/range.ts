import { invalid } from '#lib/platform/errors.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DEFAULT_DAYS = 30
const MAX_DAYS = 400
const MAX_DAYS_BY_HOUR = 31

export interface Range {
  /** The beginning of an hour. */
  from: Date
  /** Left out itself. */
  to: Date
}

/** The period of a query, whole hours at its beginning. Throws `invalid_input` when it is empty or too long. */
export function rangeOf(query: { from?: string | undefined; to?: string | undefined }, byHour: boolean): Range {
  const to = query.to ? new Date(query.to) : new Date()
  const asked = query.from ? Date.parse(query.from) : to.getTime() - DEFAULT_DAYS * DAY_MS
  const from = new Date(Math.floor(asked / HOUR_MS) * HOUR_MS)
  if (asked >= to.getTime()) throw invalid('from', 'from must be before to.')
  const days = byHour ? MAX_DAYS_BY_HOUR : MAX_DAYS
  if (to.getTime() - asked > days * DAY_MS)
    throw invalid('from', `The period may have at most ${days} days${byHour ? ' by the hour. Ask by the day' : ''}.`)
  return { from, to }
}

/** A day's or hour's key, as the SQL of `bucketSql` writes it. */
export function bucketKey(moment: Date, interval: 'day' | 'hour', timeZone: string): string {
  return interval === 'day' ? localDate(moment, timeZone) : `${moment.toISOString().slice(0, 13)}:00:00Z`
}

/** The keys of every day or hour that a range touches, in order. */
export function bucketKeys({ from, to }: Range, interval: 'day' | 'hour', timeZone: string): string[] {
  const last = bucketKey(new Date(to.getTime() - 1), interval, timeZone)
  const step = interval === 'day' ? DAY_MS : HOUR_MS
  const start = Date.parse(interval === 'day' ? `${localDate(from, timeZone)}T00:00:00Z` : from.toISOString())
  const keys: string[] = []
  for (let at = start; ; at += step) {
    const key = bucketKey(new Date(at), interval, 'UTC')
    if (key > last) return keys
    keys.push(key)
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function localDate(moment: Date, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return format.format(moment)
}
