import type { CircuitState } from '#core/contracts/deployment-health.ts'
import type { Exclusion } from './explanation.ts'
import type { PlannedCandidate, RoutePlan } from './plan-route.ts'
import type { RoutableModel, RoutableProvider } from './routable-model.ts'
import { expectedCost, type Score, scoreCandidates } from './score.ts'

/** What has been measured of a model at its provider. */
export interface Measurement {
  readonly circuit: CircuitState
  /** Whether its circuit lets a request through now. */
  readonly available: boolean
  /** Whether its provider asked for a pause that lasts. */
  readonly cooling: boolean
  /** Milliseconds, of the request's kind: until the first token of a stream, or until the whole answer; null: not lately. */
  readonly latencyMs: number | null
  /** 0 to 1; null: not lately. */
  readonly errorRate: number | null
  /** Not measured, with a request under way that will tell. */
  readonly trying: boolean
}

/** Null: never called. */
export type Measurements = (modelId: string) => Measurement | null

/** A candidate that is tried, in its place. */
export interface OrderedCandidate<M extends RoutableModel, P extends RoutableProvider> {
  readonly candidate: PlannedCandidate<M, P>
  /** Null: without a route there is nothing to compare, and substitutes keep the catalog's order. */
  readonly score: Score | null
}

/** What is decided for a request now. */
export interface RouteDecision<M extends RoutableModel, P extends RoutableProvider> {
  /** In the order they are tried. */
  readonly order: readonly OrderedCandidate<M, P>[]
  /** The others that came into question, with what speaks against each. */
  readonly leftOut: readonly { readonly candidate: PlannedCandidate<M, P>; readonly exclusions: readonly Exclusion[] }[]
  /** How many of them, from the first on, budget pressure has moved there because they cost less. */
  readonly cheaper: number
}

/**
 * Orders the candidates of a plan. Those of their own right come first, best score first; then, where failover is
 * allowed, the substitutes for an outage in the catalog's order. Under budget pressure whoever costs less than the
 * first of these goes before it, cheapest first. A candidate whose circuit is open, or whose provider asked for a pause, is left
 * out. Equal plans and measurements give equal orders.
 */
export function orderCandidates<M extends RoutableModel, P extends RoutableProvider>(
  plan: RoutePlan<M, P>,
  measure: Measurements,
  budgetPressure: boolean,
): RouteDecision<M, P> {
  const { candidates, substitutes, route } = plan
  const leftOut: { candidate: PlannedCandidate<M, P>; exclusions: readonly Exclusion[] }[] = []
  const isReady = (candidate: PlannedCandidate<M, P>): boolean => {
    const exclusions = exclusionsNow(candidate, measure)
    if (exclusions.length > 0) leftOut.push({ candidate, exclusions })
    return exclusions.length === 0
  }
  const ready = candidates.filter(isReady)
  let order: OrderedCandidate<M, P>[] = route
    ? scoreCandidates(plan.request, route.document, ready, measure)
    : ready.map(candidate => ({ candidate, score: null }))
  const readySubstitutes = substitutes.filter(one => (one.outage || budgetPressure) && isReady(one.candidate))
  const first = budgetPressure ? cheaperThan(plan, order, readySubstitutes, leftOut) : []
  if (first.length > 0) order = [...first, ...order.filter(entry => !first.includes(entry))]
  const failover = route?.document.failover ?? true
  for (const { candidate, outage } of readySubstitutes) {
    if (!outage || order.some(one => one.candidate.model === candidate.model)) continue
    if (failover) order.push({ candidate, score: null })
    else leftOut.push({ candidate, exclusions: ['failover_off'] })
  }
  const cheaper = first.length
  if (failover) return { order, leftOut, cheaper }
  for (const { candidate } of order.slice(1)) leftOut.push({ candidate, exclusions: ['failover_off'] })
  return { order: order.slice(0, 1), leftOut, cheaper: Math.min(cheaper, 1) }
}

function exclusionsNow<M extends RoutableModel, P extends RoutableProvider>(
  candidate: PlannedCandidate<M, P>,
  measure: Measurements,
): readonly Exclusion[] {
  const measured = measure(candidate.model.id)
  if (!measured || (measured.available && !measured.cooling)) return candidate.exclusions
  const passing: Exclusion[] = []
  if (!measured.available) passing.push('circuit_open')
  if (measured.cooling) passing.push('cooling')
  return [...candidate.exclusions, ...passing]
}

/** Whoever costs less than the first of an order, or of the plan when that is empty, cheapest first. */
function cheaperThan<M extends RoutableModel, P extends RoutableProvider>(
  plan: RoutePlan<M, P>,
  order: OrderedCandidate<M, P>[],
  substitutes: RoutePlan<M, P>['substitutes'],
  leftOut: { candidate: PlannedCandidate<M, P>; exclusions: readonly Exclusion[] }[],
): OrderedCandidate<M, P>[] {
  const measuredBy = order[0]?.candidate ?? plan.candidates[0]
  const limit = measuredBy ? expectedCost(plan.request, measuredBy.model) : null
  const cheaper: { entry: OrderedCandidate<M, P>; cost: number }[] = []
  const consider = (entry: OrderedCandidate<M, P>): boolean => {
    const cost = expectedCost(plan.request, entry.candidate.model)
    if (limit === null || cost === null || cost >= limit) return false
    cheaper.push({ entry, cost })
    return true
  }
  for (const entry of order) consider(entry)
  for (const { candidate, budget, outage } of substitutes) {
    if (!budget) continue
    const moved = { ...candidate, origin: 'budget' as const }
    if (!consider({ candidate: moved, score: null }) && !outage)
      leftOut.push({ candidate, exclusions: ['not_cheaper'] })
  }
  cheaper.sort((a, b) => a.cost - b.cost || (a.entry.candidate.model.id < b.entry.candidate.model.id ? -1 : 1))
  return cheaper.map(({ entry }) => entry)
}
