import type { Measurements, OrderedCandidate } from './order-candidates.ts'
import type { PlannedCandidate, RouteRequest } from './plan-route.ts'
import { priceAt, type RoutableModel, type RoutableProvider } from './routable-model.ts'
import type { RouteDocument, RouteWeights } from './route.ts'
import { ROUTE_FACTORS, type RouteFactor } from './route-options.ts'

/** One factor of a score: what was measured, and the value from 0 to 1 that follows. */
export interface FactorScore {
  readonly factor: RouteFactor
  readonly measured: number | null
  readonly value: number
  readonly weight: number
}

export interface Score {
  readonly total: number
  readonly parts: readonly FactorScore[]
}

/** Tokens of an answer that costs are compared by, unless the caller allows fewer. */
const EXPECTED_OUTPUT_TOKENS = 500
const CHEAPEST: RouteWeights = { cost: 1, latency: 0, errors: 0, capability: 0, preference: 0 }
const FASTEST: RouteWeights = { cost: 0, latency: 1, errors: 0, capability: 0, preference: 0 }

/** What a request is expected to cost with a model, in nano-US-dollars; null: no price. Compares models, charges nothing. */
export function expectedCost(request: RouteRequest, model: RoutableModel): number | null {
  const price = priceAt(model, request.now)
  if (!price || price.input === null) return null
  const output = Math.min(request.outputTokens ?? EXPECTED_OUTPUT_TOKENS, EXPECTED_OUTPUT_TOKENS)
  if (request.operation.name === 'embeddings') return (Number(price.input) * request.inputTokens) / 1e6
  if (price.output === null) return null
  return (Number(price.input) * request.inputTokens + Number(price.output) * output) / 1e6
}

/**
 * Scores candidates by a route's objective, best first; of equal scores the preferred one. The value of each factor
 * is relative to the best of these candidates: cost and latency as best ÷ own, errors as the share that succeeded,
 * preference by place. What is unknown counts as worst for cost; for latency as best, and before what is measured as
 * well as that, so that it is tried and measured, but only by one request at a time.
 */
export function scoreCandidates<M extends RoutableModel, P extends RoutableProvider>(
  request: RouteRequest,
  route: RouteDocument,
  candidates: readonly PlannedCandidate<M, P>[],
  measure: Measurements,
): OrderedCandidate<M, P>[] {
  const weights = normalized(weightsOf(route))
  const costs = candidates.map(({ model }) => expectedCost(request, model))
  const measured = candidates.map(({ model }) => measure(model.id))
  const latencies = measured.map(one => one?.latencyMs ?? null)
  const [leastCost, leastLatency] = [least(costs), least(latencies)]
  const scored = candidates.map((candidate, index) => {
    const cost = costs[index] ?? null
    const latency = latencies[index] ?? null
    const errorRate = measured[index]?.errorRate ?? null
    const parts: Record<RouteFactor, [number | null, number]> = {
      cost: [cost, cost === null ? 0 : ratio(leastCost, cost)],
      latency: [latency, latency === null ? (measured[index]?.trying ? 0 : 1) : ratio(leastLatency, latency)],
      errors: [errorRate, 1 - (errorRate ?? 0)],
      capability: [null, capability(request, candidate)],
      preference: [index + 1, 1 - index / candidates.length],
    }
    const unmeasured = weights.latency > 0 && latency === null && !measured[index]?.trying
    return { candidate, index, unmeasured, score: total(parts, weights) }
  })
  return scored.sort(
    (a, b) => b.score.total - a.score.total || Number(b.unmeasured) - Number(a.unmeasured) || a.index - b.index,
  )
}

function total(parts: Record<RouteFactor, [number | null, number]>, weights: RouteWeights): Score {
  let sum = 0
  const list = ROUTE_FACTORS.map(factor => {
    const [measured, value] = parts[factor]
    sum += value * weights[factor]
    return { factor, measured, value, weight: weights[factor] }
  })
  return { total: sum, parts: list }
}

function weightsOf({ objective, weights }: RouteDocument): RouteWeights {
  return objective === 'cheapest' ? CHEAPEST : objective === 'fastest' ? FASTEST : weights
}

function normalized(weights: RouteWeights): RouteWeights {
  const { cost, latency, errors, capability, preference } = weights
  const sum = cost + latency + errors + capability + preference
  return {
    cost: cost / sum,
    latency: latency / sum,
    errors: errors / sum,
    capability: capability / sum,
    preference: preference / sum,
  }
}

/** Half for speaking the client's dialect, a quarter each for room for the question and for the answer. */
function capability<M extends RoutableModel, P extends RoutableProvider>(
  request: RouteRequest,
  { model, servedAs }: PlannedCandidate<M, P>,
): number {
  const { contextWindow, maxOutputTokens } = model.document
  const native = servedAs === request.operation.name ? 0.5 : 0
  const reads = contextWindow === null || request.inputTokens <= contextWindow ? 0.25 : 0
  const writes = maxOutputTokens === null || (request.outputTokens ?? 0) <= maxOutputTokens ? 0.25 : 0
  return native + reads + writes
}

function least(values: readonly (number | null)[]): number {
  let found = Number.POSITIVE_INFINITY
  for (const value of values) if (value !== null && value < found) found = value
  return found
}

function ratio(best: number, own: number): number {
  return own <= best ? 1 : best / own
}
