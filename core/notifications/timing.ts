import type { DeliveryTime } from './delivery-choices.ts'
import type { NotificationPreferences, QuietHours } from './preferences.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MINUTES = 1_440
/** News that is due within this time does not wait for the end of quiet hours. */
const PRESSING_MS = 4 * HOUR_MS

/** What of the news decides whether it may disturb. */
export interface Urgency {
  readonly risk: 'low' | 'medium' | 'high'
  readonly dueAt: Date | null
}

/** High risk, overdue, or due within four hours: it is delivered in quiet hours as well. */
export function breaksQuiet({ risk, dueAt }: Urgency, now: Date): boolean {
  return risk === 'high' || (dueAt !== null && dueAt.getTime() - now.getTime() <= PRESSING_MS)
}

/**
 * When news is delivered, and whether it is put together with other news; null: not at all. It waits for a digest or
 * the end of quiet hours no longer than until four hours before it is due.
 */
export function deliverAt(
  when: DeliveryTime,
  { digest, quietHours, timeZone }: Pick<NotificationPreferences, 'digest' | 'quietHours' | 'timeZone'>,
  urgency: Urgency,
  now: Date,
): { at: Date; digest: boolean } | null {
  if (when === 'off') return null
  if (breaksQuiet(urgency, now)) return { at: now, digest: false }
  const together = when === 'digest' && digest !== null
  const wanted = together ? nextDigest(digest, timeZone, now) : now
  const calm = quietHours ? afterQuiet(wanted, quietHours, timeZone) : wanted
  const pressing = urgency.dueAt === null ? null : new Date(urgency.dueAt.getTime() - PRESSING_MS)
  return pressing && pressing < calm ? { at: pressing, digest: false } : { at: calm, digest: together }
}

/** The next full hour, or the next time that the clock there shows the time of day. */
export function nextDigest(digest: NonNullable<NotificationPreferences['digest']>, timeZone: string, now: Date): Date {
  if (digest.every === 'hour') return new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS)
  return nextClock(digest.at, timeZone, new Date(now.getTime() + 1))
}

/** The moment itself, or the end of the quiet hours that it falls into. */
function afterQuiet(moment: Date, { from, to }: QuietHours, timeZone: string): Date {
  const [clock, begin, end] = [minutesThere(moment, timeZone), minutesOf(from), minutesOf(to)]
  const quiet = begin < end ? clock >= begin && clock < end : clock >= begin || clock < end
  return quiet ? nextClock(to, timeZone, moment) : moment
}

/** The first moment from `from` on at which the clock there shows the time, or has passed it where a change skips it. */
function nextClock(time: string, timeZone: string, from: Date): Date {
  const wanted = minutesOf(time)
  let moment = Math.ceil(from.getTime() / MINUTE_MS) * MINUTE_MS
  // A change of the clock in between makes the first step miss; the second meets it.
  for (let step = 0; step < 3; step++) {
    const ahead = (wanted - minutesThere(new Date(moment), timeZone) + DAY_MINUTES) % DAY_MINUTES
    if (ahead === 0) break
    const overshot = step > 0 && ahead > DAY_MINUTES / 2
    moment += (overshot ? ahead - DAY_MINUTES : ahead) * MINUTE_MS
  }
  return new Date(Math.max(moment, from.getTime()))
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes since midnight that the clock shows in a time zone. */
function minutesThere(moment: Date, timeZone: string): number {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    formats.set(timeZone, format)
  }
  return minutesOf(format.format(moment))
}
