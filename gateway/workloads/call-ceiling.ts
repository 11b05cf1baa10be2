import { formatUsd } from '#core/money.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { keepCandidates } from '#gateway/routing/request-plan.ts'

/**
 * Leaves out the candidates with which a call could cost more than its workload's brief lets one, and gives what the
 * others can cost at most. Throws a 402 when no model that it was asked for is left. A model without a price is not
 * measured by this.
 *
 * @param maxima what each candidate can cost at most, in nano-US-dollars
 */
export function keepWithinCallCeiling(exchange: Exchange, maxima: readonly bigint[]): readonly bigint[] {
  const { workload, candidates } = exchange
  const ceiling = workload?.document.costPerCallNanoUsd ?? null
  if (workload === null || ceiling === null || maxima.every(maximum => maximum <= ceiling)) return maxima
  const kept = candidates.filter((_, index) => (maxima[index] ?? 0n) <= ceiling)
  // What stands in for an outage or under budget pressure is asked for by neither.
  if (!kept.some(({ origin }) => origin === 'requested' || origin === 'route')) {
    const [least = 0n] = [...maxima].sort((a, b) => (a < b ? -1 : 1))
    const words = `The brief of the workload "${workload.document.slug}" lets a call cost USD ${formatUsd(ceiling)} at most, and this request could cost USD ${formatUsd(least)}. Lower max_tokens, shorten the prompt or name a cheaper model, or have the brief changed.`
    throw new Refusal(402, 'workload_cost_exceeded', words, { rule: `workload:${workload.id}` })
  }
  keepCandidates(exchange, kept, 'workload_cost')
  return maxima.filter(maximum => maximum <= ceiling)
}
