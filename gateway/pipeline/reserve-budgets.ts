import { formatUsd } from '#core/money.ts'
import type { BudgetBlock } from '#gateway/budgets/budget-book.ts'
import type { BudgetLedger } from '#gateway/budgets/budget-ledger.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'

/**
 * Reserves what a request can cost at most in every budget that covers it, all or nothing. Waits, a bounded time, only
 * when a lease has to grow first. Throws a 402 when a budget has no room for it, a 429 when answers in progress hold
 * what is left or the budget is paced, a 503 when Postgres is away and the lease does not reach.
 */
export function reserveBudgets(exchange: Exchange, maximum: bigint): void | Promise<void> {
  const { key, services, attribution, occurredAt } = exchange
  const organization = services.configuration.organizations.get(key?.organizationId ?? '')
  const [candidate] = exchange.candidates
  if (!key || !organization || organization.budgets.size === 0) return
  const subject = {
    teamId: key.document.teamId,
    personId: key.document.personId,
    keyId: key.id,
    agentId: null,
    modelId: candidate?.model.id ?? null,
    providerId: candidate?.provider.id ?? null,
    workload: attribution.workload,
    useCase: attribution.useCase,
  }
  const ledgers = services.budgets.find(organization, subject, occurredAt)
  if (ledgers.length === 0) return
  checkPace(ledgers, occurredAt)
  // A model without a price costs nothing that could be reserved, but is refused once the budget is spent.
  const reservation = { ledgers, amount: maximum > 0n ? maximum : 1n }
  const excluding = services.budgets.excluding(reservation)
  if (excluding) throw refusalOf({ why: 'spent', ledger: excluding }, reservation.amount)
  const admitted = () => {
    for (const ledger of ledgers) ledger.pace(occurredAt)
    exchange.budgets = reservation
    exchange.budgetAction = strictest(ledgers)
  }
  if (services.budgets.reserve(reservation, occurredAt)) return admitted()
  return services.budgets.waitFor(reservation).then(block => {
    if (block) throw refusalOf(block, reservation.amount)
    admitted()
  })
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
