import type { BudgetSubject } from '#core/budgets/budget.ts'
import { formatUsd } from '#core/money.ts'
import type { BudgetBlock, BudgetReservation } from '#gateway/budgets/budget-book.ts'
import type { BudgetLedger } from '#gateway/budgets/budget-ledger.ts'
import type { Organization } from '#gateway/config/configuration.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { keepCandidates } from '#gateway/routing/request-plan.ts'

/**
 * Reserves what a request can cost at most in every budget that covers it, all or nothing: the most of its candidates,
 * in the budgets of all of them. A candidate that a budget has no room for is left out. Waits, a bounded time, only
 * when a lease has to grow first. Throws a 402 when no candidate is left, a 429 when answers in progress hold what is
 * left or the budget is paced, a 503 when Postgres is away and the lease does not reach.
 *
 * @param maxima what each candidate can cost at most, in nano-US-dollars
 */
export function reserveBudgets(exchange: Exchange, maxima: readonly bigint[]): void | Promise<void> {
  const { key, services, occurredAt } = exchange
  const organization = services.configuration.organizations.get(key?.organizationId ?? '')
  if (!key || !organization || organization.budgets.size === 0) return
  const reservation = reservationFor(exchange, organization, maxima)
  const { ledgers, amount } = reservation
  if (ledgers.length === 0) return
  checkPace(ledgers, occurredAt)
  const admitted = () => {
    for (const ledger of ledgers) ledger.pace(occurredAt)
    exchange.budgets = reservation
    exchange.budgetAction = strictest(ledgers)
  }
  if (services.budgets.reserve(reservation, occurredAt)) return admitted()
  return services.budgets.waitFor(reservation).then(block => {
    if (block) throw refusalOf(block, amount)
    admitted()
  })
}

/** What to reserve for the candidates that budgets have room for; the others are left out. */
function reservationFor(exchange: Exchange, organization: Organization, maxima: readonly bigint[]): BudgetReservation {
  const { services, occurredAt, candidates } = exchange
  const all: BudgetLedger[] = []
  let amount = 0n
  let refusal: Refusal | null = null
  const kept = candidates.filter((candidate, index) => {
    const ledgers = services.budgets.find(organization, subjectOf(exchange, candidate), occurredAt)
    // A model without a price costs nothing that could be reserved, but is refused once the budget is spent.
    const maximum = maxima[index] || 1n
    const excluding = services.budgets.excluding({ ledgers, amount: maximum })
    if (excluding) {
      refusal ??= refusalOf({ why: 'spent', ledger: excluding }, maximum)
      return false
    }
    if (maximum > amount) amount = maximum
    for (const ledger of ledgers) if (!all.includes(ledger)) all.push(ledger)
    return true
  })
  if (refusal && kept.length === 0) throw refusal
  if (refusal) keepCandidates(exchange, kept, 'budget')
  return { ledgers: all, amount }
}

/** What a request is matched by when a candidate serves it. */
export function subjectOf({ key, attribution }: Exchange, { model, provider }: Candidate): BudgetSubject {
  return {
    teamId: key?.document.teamId ?? null,
    personId: key?.document.personId ?? null,
    keyId: key?.id ?? null,
    agentId: null,
    modelId: model.id,
    providerId: provider.id,
    workload: attribution.workload,
    useCase: attribution.useCase,
  }
}

/** The smallest amount left of the budgets that cover a request, in nano-US-dollars; null: none covers it. */
export function budgetRemaining(ledgers: readonly BudgetLedger[]): bigint | null {
  let least: bigint | null = null
  for (const ledger of ledgers) {
    const remaining = ledger.remaining()
    if (least === null || remaining < least) least = remaining
  }
  return least
}

function strictest(ledgers: readonly BudgetLedger[]): Exchange['budgetAction'] {
  const actions = new Set(ledgers.map(ledger => ledger.action()))
  return actions.has('downgrade')
    ? 'downgrade'
    : actions.has('throttle')
      ? 'throttle'
      : actions.has('warn')
        ? 'warn'
        : null
}

function checkPace(ledgers: readonly BudgetLedger[], now: number): void {
  for (const ledger of ledgers) {
    const wait = ledger.waitMs(now)
    if (wait === 0) continue
    const seconds = Math.ceil(wait / 1000)
    const words = `The budget "${ledger.entry.document.name}" is nearly spent and paces its requests. Try again in ${seconds} s.`
    throw new Refusal(429, 'budget_throttled', words, {
      rule: `budget:${ledger.entry.id}`,
      headers: ['retry-after', String(seconds)],
    })
  }
}

function refusalOf({ why, ledger }: BudgetBlock, maximum: bigint): Refusal {
  const { id, document } = ledger.entry
  const rule = `budget:${id}`
  if (why === 'away') {
    const words = `The budget "${document.name}" cannot be asked at the moment, and what this gateway holds of it is in use. Try again shortly.`
    const options = { rule, headers: ['retry-after', '2'], outcome: 'gateway_error' as const }
    return new Refusal(503, 'budget_unavailable', words, options)
  }
  if (why === 'reserved') {
    const words = `Answers in progress hold what is left of the budget "${document.name}". Try again when one has ended.`
    return new Refusal(429, 'budget_reserved', words, { rule, headers: ['retry-after', '1'] })
  }
  const left = (ledger.entry.stop ?? 0n) - (ledger.spent ?? 0n)
  const state =
    left > 0n
      ? `has USD ${formatUsd(left)} left ${periodWords(ledger)}, and this request could cost USD ${formatUsd(maximum)}. Lower max_tokens, ask`
      : `has spent the USD ${formatUsd(ledger.entry.stop ?? 0n)} it may spend ${periodWords(ledger)}. Ask`
  const words = `The budget "${document.name}" ${state} Finance or an administrator to raise it, or wait until ${resetWords(ledger)}.`
  const headers = ['x-gatehouse-budget-reset', new Date(ledger.period.end).toISOString()]
  return new Refusal(402, 'budget_exceeded', words, { rule, headers })
}

const PERIODS = {
  day: 'today',
  week: 'this week',
  month: 'this month',
  quarter: 'this quarter',
  fixed: 'in its period',
} as const

function periodWords({ entry }: BudgetLedger): string {
  return PERIODS[entry.document.window.kind]
}

function resetWords({ entry, period }: BudgetLedger): string {
  const { timeZone } = entry.document.window
  const text = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(period.end)
  return `${text} ${timeZone}`
}
