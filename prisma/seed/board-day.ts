import { momentOf } from '#core/board/cadence.ts'
import { addDays, localDayOf, weekdayOf } from '#core/budgets/local-day.ts'
import { CHARTER } from './northwind/board.ts'

const { timeZone, time } = CHARTER.cadence

/** The first Tuesday after a moment, at the time of the charter. */
export function tuesdayAfter(moment: number): number {
  const today = localDayOf(moment, timeZone)
  const tuesday = addDays(today, (CHARTER.cadence.weekday - weekdayOf(today) + 7) % 7)
  const found = momentOf(tuesday, time, timeZone)
  return found > moment ? found : momentOf(addDays(tuesday, 7), time, timeZone)
}
