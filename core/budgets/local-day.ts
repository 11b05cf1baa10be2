/** A calendar day: year, month from 1, day. */
export interface LocalDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

const HOUR_MS = 3_600_000
/** No zone is further from UTC than this. */
const MOST_OFFSET_MS = 26 * HOUR_MS
const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether a text names a time zone of the IANA database. */
export function isTimeZone(text: string): boolean {
  try {
    formatOf(text)
    return true
  } catch {
    return false
  }
}

/** The calendar day of a moment in a time zone. */
export function localDayOf(moment: number, timeZone: string): LocalDay {
  const [year = 0, month = 1, day = 1] = formatOf(timeZone).format(moment).split('-').map(Number)
  return { year, month, day }
}

/** The first moment of a day in a time zone: local midnight, or the end of the gap when a clock change skips it. */
export function startOfDay(day: LocalDay, timeZone: string): number {
  const wanted = ordinal(day)
  let before = wanted - MOST_OFFSET_MS
  let after = wanted + MOST_OFFSET_MS
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000
    if (ordinal(localDayOf(middle, timeZone)) >= wanted) after = middle
    else before = middle
  }
  return after
}

/** The day so many days later. */
export function addDays(day: LocalDay, days: number): LocalDay {
  return dayOf(ordinal(day) + days * 24 * HOUR_MS)
}

/** Day of the week, Monday 0 to Sunday 6. */
export function weekdayOf(day: LocalDay): number {
  return (new Date(ordinal(day)).getUTCDay() + 6) % 7
}

/** As `YYYY-MM-DD`. */
export function dayText(day: LocalDay): string {
  return new Date(ordinal(day)).toISOString().slice(0, 10)
}

/** The day of a `YYYY-MM-DD`. */
export function parseDay(text: string): LocalDay {
  return dayOf(Date.parse(`${text}T00:00:00Z`))
}

function ordinal({ year, month, day }: LocalDay): number {
  return Date.UTC(year, month - 1, day)
}

function dayOf(moment: number): LocalDay {
  const date = new Date(moment)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return format
}
