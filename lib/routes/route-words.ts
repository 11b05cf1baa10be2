import { ROUTE_FACTORS } from '#core/routing/route-options.ts'
import type { InWords } from '#lib/records/keep-version.ts'
import type { Route } from '#prisma/generated/client.ts'
import { boundUsd, readDefinition } from './route-definition.ts'

type Names = ReadonlyMap<string, string>

/** A route as its history says it. */
export function inWords(route: Route, names: Names): InWords {
  const definition = readDefinition(route)
  const { constraints, weights, objective, attemptTimeoutMs } = definition
  const list = (items: readonly string[], none: string) => (items.length > 0 ? items.join(', ') : none)
  const named = (ids: readonly string[]) => ids.map(id => names.get(id) ?? id)
  const price = (nano: bigint | null) => (nano === null ? 'any' : `USD ${boundUsd(nano)} per million`)
  return {
    name: route.name,
    covers: coversText(route, names),
    'requested models': list(definition.requestedNames, 'all'),
    'called as': definition.callableAs ?? 'no name of its own',
    models: list(named(definition.modelIds), 'only the requested one'),
    objective,
    weights:
      objective === 'balanced' ? ROUTE_FACTORS.map(factor => `${factor} ${weights[factor]}`).join(', ') : 'not used',
    regions: list(constraints.regions, 'any'),
    providers: list(named(constraints.providerIds), 'any'),
    tiers: list(constraints.tiers, 'any'),
    'input price at most': price(constraints.mostInputNanoUsd),
    'output price at most': price(constraints.mostOutputNanoUsd),
    failover: definition.failover ? 'on' : 'off',
    'patience per candidate': attemptTimeoutMs === null ? 'as long as the caller' : `${attemptTimeoutMs} ms`,
    state: route.archivedAt ? 'archived' : definition.enabled ? 'in force' : 'switched off',
  }
}

function coversText({ scope, target }: Route, names: Names): string {
  if (scope === 'organization') return 'organization'
  return `${scope} ${names.get(target ?? '') ?? target}`
}
