import { formatUsd } from '#core/money.ts'
import { isPriced } from '#core/pricing/most-cost.ts'
import { mostCostOf } from '#core/routing/explain-route.ts'
import { permitted, type RoutePlan } from '#core/routing/plan-route.ts'
import { priceAt } from '#core/routing/routable-model.ts'
import type { ModelEntry, ProviderEntry } from '#gateway/config/entries.ts'
import type { WorkloadEntry } from '#gateway/config/workloads.ts'
import type { Exchange } from '#gateway/exchange.ts'
import type { Operation } from '#gateway/operations.ts'
import { Refusal } from '#gateway/refusal.ts'
import { keepCandidates } from '#gateway/routing/request-plan.ts'

/**
 * Leaves out the candidates with which a call could cost more than its workload's brief lets one, and those of which
 * nobody knows what it could cost since they have no price. Gives what the others can cost at most. Throws a 402 when
 * no model that it was asked for is left.
 *
 * @param maxima what each candidate can cost at most, in nano-US-dollars
 */
export function keepWithinCallCeiling(exchange: Exchange, maxima: readonly bigint[]): readonly bigint[] {
  const { workload, candidates, operation, occurredAt } = exchange
  const ceiling = workload?.document.costPerCallNanoUsd ?? null
  if (workload === null || ceiling === null) return maxima
  const costs = candidates.map(({ model }, index) =>
    isPriced(priceAt(model, occurredAt), operation.generates) ? (maxima[index] ?? null) : null,
  )
  const isWithin = (_: unknown, index: number) => isAtMost(ceiling, costs[index] ?? null)
  const kept = candidates.filter(isWithin)
  if (kept.length === candidates.length) return maxima
  // What stands in for an outage or under budget pressure is asked for by neither.
  if (!kept.some(({ origin }) => origin === 'requested' || origin === 'route')) {
    throw ceilingRefusal(workload, ceiling, costs)
  }
  keepCandidates(exchange, kept, 'workload_cost')
  return maxima.filter(isWithin)
}

/**
 * The same for a request that is only explained: marks in its plan whoever the ceiling leaves out, and gives the
 * refusal instead of throwing it; null: it goes on.
 */
export function explainCallCeiling(
  plan: RoutePlan<ModelEntry, ProviderEntry>,
  workload: WorkloadEntry | null,
  operation: Operation,
): Refusal | null {
  const ceiling = workload?.document.costPerCallNanoUsd ?? null
  if (workload === null || ceiling === null || !operation.charged) return null
  const candidates = permitted(plan)
  if (candidates.length === 0) return null
  const costs = candidates.map(({ model }) => mostCostOf(plan.request, model, operation))
  for (const [index, { exclusions }] of candidates.entries()) {
    if (!isAtMost(ceiling, costs[index] ?? null)) exclusions.push('workload_cost')
  }
  const kept = candidates.filter(({ exclusions }) => exclusions.length === 0)
  if (kept.some(({ origin }) => origin === 'requested' || origin === 'route')) return null
  return ceilingRefusal(workload, ceiling, costs)
}

function isAtMost(ceiling: bigint, cost: bigint | null): boolean {
  return cost !== null && cost <= ceiling
}

function ceilingRefusal({ id, document }: WorkloadEntry, ceiling: bigint, costs: readonly (bigint | null)[]): Refusal {
  const [least = null] = costs.filter(cost => cost !== null).sort((a, b) => (a < b ? -1 : 1))
  const rule = `The brief of the workload "${document.slug}" lets a call cost USD ${formatUsd(ceiling)} at most`
  const words =
    least === null
      ? `${rule}, and nobody knows what this request could cost: the model has no price. Have its price added to the catalog, name a model that has one, or have the brief changed.`
      : `${rule}, and this request could cost USD ${formatUsd(least)}. Lower max_tokens, shorten the prompt or name a cheaper model, or have the brief changed.`
  return new Refusal(402, 'workload_cost_exceeded', words, { rule: `workload:${id}` })
}
