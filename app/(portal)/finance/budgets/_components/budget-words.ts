import { formatMoney } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { BudgetScope } from '#core/budgets/budget.ts'
import { parseUsd } from '#core/usd.ts'
import type { BudgetDto } from '#lib/budgets/schema.ts'

export const SCOPE_LABELS: Record<BudgetScope, string> = {
  organization: 'Organization',
  team: 'Team',
  workload: 'Workload',
  useCase: 'Use case',
  person: 'Person',
  key: 'API key',
  agent: 'Agent',
  model: 'Model',
  provider: 'Provider',
}

export const WINDOW_LABELS = {
  day: 'A day',
  week: 'A week',
  month: 'A month',
  quarter: 'A quarter',
  fixed: 'A fixed period',
} as const

export const ACTION_LABELS = {
  warn: 'Tells finance and the team lead',
  throttle: 'Paces calls, with 429',
  downgrade: 'Moves to the cheaper model',
  stop: 'Refuses calls, with 402',
} as const

/** Nano-US-dollars of an amount of the API. */
export function nano(usd: string): bigint {
  return parseUsd(usd) ?? 0n
}

/** Whole dollars, or cents when there are few: "7,912". */
export function plainMoney(usd: string): string {
  const amount = nano(usd)
  return formatMoney(amount, { currency: false, digits: amount >= 100_000_000_000n || amount === 0n ? 0 : 2 })
}

/** "7,912 of 8,000" */
export function spentText({ spentUsd, limitUsd }: BudgetDto): string {
  return `${plainMoney(spentUsd)} of ${plainMoney(limitUsd)}`
}

export function usedRatio({ spentUsd, limitUsd }: BudgetDto): number {
  return Number(spentUsd) / Number(limitUsd)
}

export interface Course {
  tone: Tone
  /** What follows: "Runs out on 25 Nov. Then calls are refused." */
  note: string
  /** Whether somebody should look at it now. */
  needsLook: boolean
}

/** Where a budget goes, in words. */
export function courseOf(budget: BudgetDto, now: number): Course {
  const { window, period, exhaustedAt, stopUsd, limitUsd, spentUsd, forecastUsd, archivedAt } = budget
  if (archivedAt) return { tone: 'neutral', note: 'Archived. It limits nothing.', needsLook: false }
  const calm = (note: string): Course => ({ tone: 'ok', note, needsLook: false })
  if (!period) return { tone: 'neutral', note: 'Not in its period. It limits nothing now.', needsLook: false }
  const day = (moment: string) => dayWords(moment, window.timeZone)
  if (stopUsd !== null && nano(spentUsd) >= nano(stopUsd)) {
    return { tone: 'bad', note: `Spent. Calls are refused until ${day(period.end)}.`, needsLook: true }
  }
  if (exhaustedAt) {
    const today = day(exhaustedAt) === day(new Date(now).toISOString())
    const when = today ? `today at ${clockWords(exhaustedAt, window.timeZone)}` : `on ${day(exhaustedAt)}`
    return { tone: today ? 'bad' : 'warn', note: `Runs out ${when}. Then calls are refused.`, needsLook: true }
  }
  if (stopUsd === null && nano(spentUsd) >= nano(limitUsd)) {
    return { tone: 'warn', note: 'Over its limit. Calls go on, since nothing stops them.', needsLook: true }
  }
  const left = forecastUsd === null ? null : nano(limitUsd) - nano(forecastUsd)
  if (left === null) return calm('Too little history for a forecast.')
  if (left < 0n) {
    const over = plainMoney(budgetAmount(-left))
    return { tone: 'warn', note: `Heads for ${over} over its limit. Calls go on.`, needsLook: true }
  }
  return calm(`Lasts ${PERIOD_WORDS[window.kind]} with ${plainMoney(budgetAmount(left))} left.`)
}

/** The page's title: how many budgets run out. */
export function headline(budgets: readonly BudgetDto[], now: number): string {
  if (budgets.length === 0) return 'No budget limits what calls may cost'
  const spent = budgets.filter(({ stopUsd, spentUsd }) => stopUsd !== null && nano(spentUsd) >= nano(stopUsd)).length
  const running = budgets.filter(budget => budget.exhaustedAt !== null).length - spent
  const count = `of ${budgets.length} ${budgets.length === 1 ? 'budget' : 'budgets'}`
  if (spent > 0)
    return `${spent} ${count} ${spent === 1 ? 'is' : 'are'} spent${running > 0 ? `, ${running} will be` : ''}`
  if (running > 0) return `${running} ${count} ${running === 1 ? 'runs' : 'run'} out before the period ends`
  const look = budgets.filter(budget => courseOf(budget, now).needsLook).length
  if (look > 0) return `${look} ${count} ${look === 1 ? 'heads' : 'head'} past the limit`
  return budgets.length === 1 ? 'The budget lasts its period' : `All ${budgets.length} budgets last their period`
}

const PERIOD_WORDS = {
  day: 'the day',
  week: 'the week',
  month: 'the month',
  quarter: 'the quarter',
  fixed: 'its period',
} as const

function budgetAmount(nanoUsd: bigint): string {
  return (Number(nanoUsd) / 1e9).toFixed(9)
}

function dayWords(moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }).format(new Date(moment))
}

function clockWords(moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(moment))
}
