import { costExemption } from '#core/exemptions/evaluate.ts'
import type { BudgetReservation } from '#gateway/budgets/budget-book.ts'
import type { BudgetLedger } from '#gateway/budgets/budget-ledger.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import type { ExemptionEntry } from './exemption-entry.ts'
import { exemptionsUsed, noteExemption } from './exemptions-of.ts'

/** The ledgers of the caps of the exemptions that a request needs when a candidate serves it. */
export function capsOf(exchange: Exchange, candidate: Candidate | null): BudgetLedger[] {
  const { exemptions } = exchange
  if (exemptions.length === 0) return []
  const used = exemptionsUsed(exchange, candidate)
  return exemptions.filter(({ id }) => used.includes(id)).flatMap(entry => ledgersOf(exchange, entry))
}

/**
 * A reservation without a budget that has no room, when an exemption lifts that budget for the request; with the
 * exemption's own caps in its place. Null: nothing lifts it. The cost is charged to the budget all the same.
 */
export function withoutBudget(
  exchange: Exchange,
  { ledgers, amount }: BudgetReservation,
  blocking: BudgetLedger,
): BudgetReservation | null {
  const { exemptions, tier, services, key } = exchange
  if (exemptions.length === 0 || blocking.entry.of !== 'budget') return null
  const tiers = services.configuration.organizations.get(key?.organizationId ?? '')?.guardrails.plan.tiers ?? []
  const exemption = costExemption(exemptions, blocking.entry.id, tier, tiers)
  if (!exemption) return null
  noteExemption(exchange, exemption)
  if (!exchange.liftedBudgets.includes(blocking)) exchange.liftedBudgets.push(blocking)
  const others = ledgers.filter(ledger => ledger !== blocking)
  const caps = ledgersOf(exchange, exemption).filter(ledger => !others.includes(ledger))
  return { ledgers: [...others, ...caps], amount }
}

function ledgersOf({ services, occurredAt }: Exchange, { caps }: ExemptionEntry): BudgetLedger[] {
  return caps.flatMap(cap => services.budgets.ledgerOf(cap, occurredAt) ?? [])
}
