import { costNanoUsd } from '#core/pricing/cost.ts'
import { totalTokens } from '#core/pricing/token-usage.ts'
import { priceAt } from '#gateway/config/entries.ts'
import { estimateUsage, readUsage } from '#gateway/dialects/answer-usage.ts'
import type { Exchange } from '#gateway/exchange.ts'
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
 * Frees the slots of a request, and leaves of its tokens those counted that it used; all that were reserved when the
 * provider did something that nobody counted. A second call does nothing.
 */
export function settleRates({ rates, services, usage, consumed }: Exchange): void {
  if (rates === null) return
  services.rates.settle(rates, usage ? totalTokens(usage) : consumed ? null : 0)
}

/** Turns what is reserved in budgets into spend; a second call does nothing. */
export function settleBudgets(exchange: Exchange, cost: bigint): void {
  if (exchange.budgets === null || exchange.budgetsSettled) return
  exchange.budgetsSettled = true
  exchange.services.budgets.settle(exchange.budgets, cost, exchange.services.spool.queued + 1)
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
