import { ROUTE_FACTORS, type RouteFactor, type RouteObjective, type RouteScope } from '#core/routing/route-options.ts'
import type { RouteDto } from '#lib/routes/schema.ts'

/** What stands in the form, as typed. */
export interface RouteFormValues {
  name: string
  scope: RouteScope
  target: string
  requestedNames: string[]
  callableAs: string
  modelIds: string[]
  objective: RouteObjective
  weights: Record<RouteFactor, string>
  regions: string[]
  providerIds: string[]
  tiers: string[]
  mostInputUsd: string
  mostOutputUsd: string
  failover: boolean
  attemptTimeoutMs: string
  enabled: boolean
  reason: string
}

export const EMPTY_ROUTE: RouteFormValues = {
  name: '',
  scope: 'team',
  target: '',
  requestedNames: [],
  callableAs: '',
  modelIds: [],
  objective: 'balanced',
  weights: { cost: '30', latency: '30', errors: '25', capability: '5', preference: '10' },
  regions: [],
  providerIds: [],
  tiers: [],
  mostInputUsd: '',
  mostOutputUsd: '',
  failover: true,
  attemptTimeoutMs: '',
  enabled: true,
  reason: '',
}

export function routeFormOf(route: RouteDto): RouteFormValues {
  const { constraints } = route
  const price = (usd: string | null) => usd?.replace(/\.?0+$/, '') ?? ''
  return {
    name: route.name,
    scope: route.scope,
    target: route.target ?? '',
    requestedNames: route.requestedNames,
    callableAs: route.callableAs ?? '',
    modelIds: route.models.map(({ id }) => id),
    objective: route.objective,
    weights: Object.fromEntries(ROUTE_FACTORS.map(factor => [factor, String(route.weights[factor])])) as Record<
      RouteFactor,
      string
    >,
    regions: constraints.regions,
    providerIds: constraints.providers.map(({ id }) => id),
    tiers: constraints.tiers,
    mostInputUsd: price(constraints.mostInputUsd),
    mostOutputUsd: price(constraints.mostOutputUsd),
    failover: route.failover,
    attemptTimeoutMs: route.attemptTimeoutMs === null ? '' : String(route.attemptTimeoutMs),
    enabled: route.enabled,
    reason: '',
  }
}

/** What the verbs take of it; what is no number is passed on, for the verb to name the rule. */
export function routeInputOf(values: RouteFormValues) {
  const { regions, providerIds, tiers, callableAs, target, ...rest } = values
  const { mostInputUsd, mostOutputUsd, weights, attemptTimeoutMs, ...plain } = rest
  return {
    ...plain,
    target: values.scope === 'organization' || target.trim() === '' ? null : target.trim(),
    callableAs: callableAs.trim() || null,
    weights: Object.fromEntries(ROUTE_FACTORS.map(factor => [factor, numberOf(weights[factor]) ?? 0])),
    attemptTimeoutMs: numberOf(attemptTimeoutMs),
    constraints: {
      regions,
      providerIds,
      tiers,
      mostInputUsd: priceOf(mostInputUsd),
      mostOutputUsd: priceOf(mostOutputUsd),
    },
  }
}

/** The same for a change: whose calls it decides cannot be changed. */
export function routeChangeOf(values: RouteFormValues) {
  const { scope: _, target: __, ...change } = routeInputOf(values)
  return change
}

function priceOf(text: string): string | null {
  return text.replaceAll(',', '').trim() || null
}

function numberOf(text: string): number | string | null {
  const plain = text.replaceAll(',', '').trim()
  if (plain === '') return null
  const number = Number(plain)
  return Number.isFinite(number) ? number : plain
}
