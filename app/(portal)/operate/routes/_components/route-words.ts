import { formatCount } from '#components/format.ts'
import type { CandidateOrigin } from '#core/routing/explanation.ts'
import type { RouteFactor, RouteObjective, RouteScope } from '#core/routing/route-options.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { RouteDto } from '#lib/routes/schema.ts'

export const SCOPE_LABELS: Record<RouteScope, string> = {
  organization: 'The organization',
  team: 'A team',
  workload: 'A workload',
}

export const OBJECTIVES: Record<RouteObjective, { label: string; help: string; verb: string }> = {
  cheapest: {
    label: 'Cheapest',
    help: 'The candidate that the request is expected to cost least at is called first.',
    verb: 'the cheapest',
  },
  fastest: {
    label: 'Fastest',
    help: 'The candidate that answered soonest lately is called first, as each gateway measures it.',
    verb: 'the fastest',
  },
  balanced: {
    label: 'Balanced',
    help: 'Cost, measured wait, errors, fit and your order count together, by the weights below.',
    verb: 'the best balanced',
  },
}

export const FACTORS: Record<RouteFactor, { label: string; help: string }> = {
  cost: { label: 'Cost', help: 'What the request is expected to cost' },
  latency: { label: 'Wait', help: 'Measured time to an answer' },
  errors: { label: 'Errors', help: 'Share of failed calls lately' },
  capability: { label: 'Fit', help: 'Same wire, room for question and answer' },
  preference: { label: 'Your order', help: 'The order of the models above' },
}

export const ORIGINS: Record<CandidateOrigin, string> = {
  requested: 'asked for',
  route: 'of the route',
  outage: 'equivalent for an outage',
  budget: 'cheaper equivalent',
}

/** Whose requests a route decides: "Every team", "Team Support", "Workload triage". */
export function coversText({ scope, target, targetName }: Pick<RouteDto, 'scope' | 'target' | 'targetName'>): string {
  if (scope === 'organization') return 'Every team'
  return scope === 'team' ? `Team ${targetName ?? target}` : `Workload ${target}`
}

/** Which calls of theirs: "calls of gpt-5", "calls of smart", "every call". */
export function callsText({ requestedNames, callableAs }: Pick<RouteDto, 'requestedNames' | 'callableAs'>): string {
  const names = [...new Set([...(callableAs === null ? [] : [callableAs]), ...requestedNames])]
  if (requestedNames.length === 0) return callableAs === null ? 'every call' : `every call, and ${callableAs}`
  return `calls of ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}`
}

/** What binds its candidates, in short: "eu-west · Restricted · at most USD 2.50 in". */
export function constraintTexts({ constraints }: Pick<RouteDto, 'constraints'>): string[] {
  const { regions, providers, tiers, mostInputUsd, mostOutputUsd } = constraints
  return [
    ...(regions.length > 0 ? [`in ${regions.join(' or ')}`] : []),
    ...(providers.length > 0 ? [`at ${providers.map(({ name }) => name).join(' or ')}`] : []),
    ...(tiers.length > 0 ? [`fit for ${tiers.join(' and ')} data`] : []),
    ...(mostInputUsd === null ? [] : [`input at most USD ${plain(mostInputUsd)} per million`]),
    ...(mostOutputUsd === null ? [] : [`output at most USD ${plain(mostOutputUsd)} per million`]),
  ]
}

/** The heading of one route: what it does now. */
export function routeTitle(route: RouteDto): string {
  const { name, archivedAt, enabled, models, objective } = route
  if (archivedAt) return `${name} is archived and decides nothing`
  if (!enabled) return `${name} is switched off and decides nothing`
  if (models.length === 0) return `${name} leaves the choice to the caller, within its bounds`
  return `${name} picks ${OBJECTIVES[objective].verb} of ${formatCount(models.length, 'model')} and the one asked for`
}

/** The heading of the list. */
export function routesTitle(routes: readonly RouteDto[]): string {
  const deciding = routes.filter(route => route.enabled).length
  if (deciding === 0) return 'Every call goes to the model it names'
  return `${formatCount(deciding, 'route')} ${deciding === 1 ? 'decides' : 'decide'} which model answers`
}

/** A value of `model` that the route is about: what its explanation is asked with; null: it covers all alike. */
export function typicalModel({ callableAs, requestedNames, models }: RouteDto): string | null {
  return callableAs ?? requestedNames[0] ?? models[0]?.name ?? null
}

export function changeText({ field, before, after }: RecordVersionDto['changes'][number]): string {
  return `${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`
}

function plain(usd: string): string {
  return usd.replace(/(\.\d\d)\d*?0+$/, '$1')
}
