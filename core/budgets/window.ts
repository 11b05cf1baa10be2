import type { BudgetWindow } from './budget.ts'
import { addDays, type LocalDay, localDayOf, startOfDay, weekdayOf } from './local-day.ts'

/** A window's period: from `start`, `end` left out; milliseconds since 1970. */
export interface Period {
  readonly start: number
  readonly end: number
}

/**
 * The period of a window that a moment lies in. Days, weeks, months and quarters begin at local midnight, so a day on
 * which clocks change has 23 or 25 hours. Null when the moment lies outside a fixed period.
 */
export function periodAt(window: BudgetWindow, moment: number): Period | null {
  if (window.kind === 'fixed') {
    const period = { start: Date.parse(window.start), end: Date.parse(window.end) }
    return moment >= period.start && moment < period.end ? period : null
  }
  const first = firstDay(window.kind, localDayOf(moment, window.timeZone))
  return {
    start: startOfDay(first, window.timeZone),
    end: startOfDay(dayAfter(window.kind, first), window.timeZone),
  }
}

type Recurring = Exclude<BudgetWindow['kind'], 'fixed'>

function firstDay(kind: Recurring, day: LocalDay): LocalDay {
  if (kind === 'day') return day
  if (kind === 'week') return addDays(day, -weekdayOf(day))
  const month = kind === 'month' ? day.month : day.month - ((day.month - 1) % 3)
  return { year: day.year, month, day: 1 }
}

/** The first day of the next period. */
function dayAfter(kind: Recurring, first: LocalDay): LocalDay {
  if (kind === 'day') return addDays(first, 1)
  if (kind === 'week') return addDays(first, 7)
  const month = first.month + (kind === 'month' ? 1 : 3)
  return { year: first.year + (month > 12 ? 1 : 0), month: month > 12 ? month - 12 : month, day: 1 }
}
