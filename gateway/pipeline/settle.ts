import { covers } from '#core/budgets/budget.ts'
import { costNanoUsd } from '#core/pricing/cost.ts'
import { totalTokens } from '#core/pricing/token-usage.ts'
import { priceAt } from '#core/routing/routable-model.ts'
import type { BudgetLedger } from '#gateway/budgets/budget-ledger.ts'
import { estimateUsage, readUsage } from '#gateway/dialects/answer-usage.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { isExemptionCap } from '#gateway/exemptions/exemption-entry.ts'
import { exemptionsUsed } from '#gateway/exemptions/exemptions-of.ts'
import { errorFields } from '#gateway/log.ts'
import { subjectOf } from './reserve-budgets.ts'
import type { PipelineStage } from './stage.ts'

/** Turns what the provider reported into tokens and cost, and the reservation into spend. */
export const settle: PipelineStage = {
  name: 'settle',
  run(exchange) {
    findUsage(exchange)
    findCost(exchange)
    settleBudgets(exchange, exchange.costNanoUsd ?? 0n)
  },
}

/**
 * Settles a request that was refused on its way: what a provider had done for it by then is charged all the same.
 * Never throws.
 */
export function settleRefused(exchange: Exchange): void {
  try {
    if (exchange.usage === null) findUsage(exchange)
    if (exchange.costState === 'none') findCost(exchange)
  } catch (error) {
    exchange.costState = 'unpriced'
    exchange.services.log.error({ requestId: exchange.id, error: errorFields(error) }, 'a cost could not be found')
  }
  settleBudgets(exchange, exchange.costNanoUsd ?? 0n)
}

/**
 * Frees the slots of a request, and leaves of its tokens those counted that it used; all that were reserved when the
 * provider did something that nobody counted. A second call does nothing.
 */
export function settleRates(exchange: Exchange): void {
  const { rates, modelRates, services, usage, consumed, served, attempts } = exchange
  if (rates === null && modelRates === null) return
  const tokens = usage ? totalTokens(usage) : consumed ? null : 0
  const attempted = attempts.map(({ modelId }) => modelId)
  const outcome = { tokens, served: served?.model.id ?? null, attempted }
  if (rates) services.rates.settle(rates, outcome)
  modelRates?.settle(outcome)
}

/** Turns what is reserved in budgets into spend; a second call does nothing. */
function settleBudgets(exchange: Exchange, cost: bigint): void {
  if (exchange.budgets === null || exchange.budgetsSettled) return
  exchange.budgetsSettled = true
  const position = exchange.services.spool.queued + 1
  const { ledgers, amount } = exchange.budgets
  const { served } = exchange
  const others = served ? ledgers.filter(ledger => !isChargedFor(exchange, ledger, served)) : []
  if (others.length > 0) {
    exchange.services.budgets.settle({ ledgers: others, amount }, null, position)
    exchange.budgets = { ledgers: ledgers.filter(ledger => !others.includes(ledger)), amount }
  }
  exchange.services.budgets.settle(exchange.budgets, cost, position)
}

/** A budget of a model or provider that was a candidate only is not charged, nor the cap of an exemption that it needed. */
function isChargedFor(exchange: Exchange, { entry }: BudgetLedger, served: Candidate): boolean {
  if (isExemptionCap(entry)) return exemptionsUsed(exchange, served).includes(entry.exemptionId)
  const { scope, target } = entry.document
  if (scope !== 'model' && scope !== 'provider') return true
  return covers(scope, target, subjectOf(exchange, served))
}

function findUsage(exchange: Exchange): void {
  if (!exchange.consumed || !exchange.operation.charged) return
  const reported = readUsage(exchange.upstream.family, exchange.reportedUsage)
  if (reported && exchange.usageFinal) {
    exchange.usage = reported
    exchange.usageState = 'measured'
    return
  }
  exchange.usage = estimateUsage(exchange.raw?.length ?? 0, exchange.generated, reported)
  exchange.usageState = 'estimated'
}

function findCost(exchange: Exchange): void {
  if (!exchange.usage || !exchange.served) return
  const price = priceAt(exchange.served.model, exchange.occurredAt)
  const cost = price && costNanoUsd(exchange.usage, price)
  if (price === null || cost === null) {
    exchange.costState = 'unpriced'
    return
  }
  exchange.costState = 'priced'
  exchange.costNanoUsd = cost
  exchange.priceId = price.id
}
