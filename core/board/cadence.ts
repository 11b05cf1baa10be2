import { addDays, dayText, type LocalDay, localDayOf, parseDay, weekdayOf } from '#core/budgets/local-day.ts'
import type { Cadence } from './charter.ts'

const MONTHS_AHEAD = 8

/**
 * The first moment after `after` at which a board of this cadence meets. A board that meets every two weeks keeps the
 * rhythm of `last`, its latest meeting; without one, the first such weekday begins it.
 */
export function nextMeeting(cadence: Cadence, after: number, last: number | null = null): number {
  const { every, timeZone, time } = cadence
  const days = every === 'week' || every === 'two_weeks' ? weekly(cadence, after, last) : monthly(cadence, after)
  const found = days.map(day => momentOf(day, time, timeZone)).find(moment => moment > after)
  if (found === undefined) throw new Error('a cadence always comes round again')
  return found
}

/**
 * The moment of a wall-clock time (`HH:MM`) on a day in a time zone. A time that a clock change skips is as long after
 * midnight as it says; of a time that comes twice, the first.
 */
export function momentOf(day: LocalDay, time: string, timeZone: string): number {
  const wanted = Date.parse(`${dayText(day)}T${time}:00Z`)
  const first = wanted - offsetAt(wanted, timeZone)
  const offsets = [offsetAt(first - 86_400_000, timeZone), offsetAt(first + 86_400_000, timeZone)]
  const right = offsets.map(offset => wanted - offset).filter(moment => moment + offsetAt(moment, timeZone) === wanted)
  return right.length > 0 ? Math.min(...right) : wanted - (offsets[0] ?? 0)
}

/** What the clocks of a time zone show at a moment, as `YYYY-MM-DDTHH:MM`. */
export function wallClock(moment: number, timeZone: string): string {
  return new Date(moment + offsetAt(moment, timeZone)).toISOString().slice(0, 16)
}

/** Milliseconds that a zone's clocks are ahead of UTC at a moment. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(moment)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  const local = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`
  return Date.parse(local) - Math.floor(moment / 1_000) * 1_000
}

function weekly({ every, weekday, timeZone }: Cadence, after: number, last: number | null): LocalDay[] {
  const step = every === 'week' ? 7 : 14
  const today = localDayOf(after, timeZone)
  let day = addDays(today, (weekday - weekdayOf(today) + 7) % 7)
  if (step === 14 && last !== null) {
    const apart = Math.round((Date.parse(dayText(day)) - Date.parse(dayText(localDayOf(last, timeZone)))) / 86_400_000)
    const weeks = Math.round(apart / 7)
    if (weeks % 2 !== 0) day = addDays(day, 7)
  }
  return [day, addDays(day, step)]
}

function monthly({ every, weekday, week, timeZone }: Cadence, after: number): LocalDay[] {
  const { year, month } = localDayOf(after, timeZone)
  const days: LocalDay[] = []
  for (let ahead = 0; ahead < MONTHS_AHEAD; ahead++) {
    const first = parseDay(new Date(Date.UTC(year, month - 1 + ahead, 1)).toISOString().slice(0, 10))
    if (every === 'quarter' && (first.month - 1) % 3 !== 0) continue
    days.push(addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (week - 1) * 7))
  }
  return days
}
