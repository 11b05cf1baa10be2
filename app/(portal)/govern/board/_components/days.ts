/** The last moment of a `YYYY-MM-DD` in UTC, which is when something due that day is overdue; null without a day. */
export function endOfDay(day: string): string | null {
  return day === '' ? null : `${day}T23:59:59Z`
}
