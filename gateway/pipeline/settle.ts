import { costNanoUsd } from '#core/pricing/cost.ts'
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
    const { key, services, costNanoUsd: cost } = exchange
    releaseReservation(exchange)
    settleBudgets(exchange, cost ?? 0n)
    if (key && key.document.dailyLimitNanoUsd !== null && cost !== null && cost > 0n) {
      services.ledger.settle(key.id, cost, services.spool.queued + 1, exchange.occurredAt)
    }
  },
}

/** Gives back what was reserved; a second call does nothing. */
export function releaseReservation(exchange: Exchange): void {
  if (exchange.reservation === null || !exchange.key) return
  exchange.services.ledger.release(exchange.key.id, exchange.reservation)
  exchange.reservation = null
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
