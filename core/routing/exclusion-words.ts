import { notFor } from '#core/catalog/only-for.ts'
import type { TierDocument } from '#core/contracts/config-documents.ts'
import type { Exclusion } from './explanation.ts'
import type { DataReach, PlannedCandidate, RouteRequest } from './plan-route.ts'
import type { RoutableModel, RoutableProvider } from './routable-model.ts'
import type { RouteRecord } from './route-table.ts'
import { isWithin, regionsOf } from './tier-reach.ts'

/** What an exclusion's words need besides the candidate. */
export interface ExclusionContext {
  readonly request: RouteRequest
  readonly route: RouteRecord | null
  readonly tier: TierDocument | null
  readonly sources: DataReach['sources']
}

/** A reason against a candidate as the end of a sentence, such as “the model "x" is not approved yet”. */
export function exclusionWords(
  exclusion: Exclusion,
  { model, provider, inexpressible }: PlannedCandidate<RoutableModel, RoutableProvider>,
  { request, route, tier, sources }: ExclusionContext,
): string {
  const name = `"${model.document.identifier}"`
  const at = provider?.document.name ?? 'its provider'
  const routeName = `the route "${route?.document.name ?? ''}"`
  switch (exclusion) {
    case 'key_models':
      return `the key may not use the model ${name}`
    case 'workload_cost':
      return `the request could cost more with ${name} than the brief of the workload lets a call cost, or ${name} has no price`
    case 'workload_models':
      return `the workload "${request.workload ?? ''}" may not use the model ${name}`
    case 'lifecycle':
      return lifecycleWords(model, name)
    case 'use_restricted':
      return restrictionWords(model, name, request)
    case 'not_signed_off':
      return `version ${model.document.own?.version} of our own model ${name} is not signed off for production`
    case 'dialect':
      return `the model ${name} is not served on this path`
    case 'provider_state':
      return `the request goes on with something that another provider keeps, which ${name} does not know`
    case 'untranslatable':
      return inexpressible
        ? `${name} cannot be asked for it: ${inexpressible.message.replace(/\.$/, '')}`
        : `the request asks for something that cannot be said in the dialect of ${name}`
    case 'several_answers':
      return `the request asks for ${request.answers} answers, and ${name} speaks a dialect that gives one for each request`
    case 'outages_only':
      return `${name} stands in for a model that cannot be reached, and not for what that model cannot be asked`
    case 'unknown_provider':
      return `the provider of ${name} is not known to this gateway`
    case 'provider_disabled':
      return `the provider ${at} is switched off`
    case 'tier':
      return `the model ${name} is not approved for that tier`
    case 'tier_provider':
      return `the provider ${at} may not see that tier`
    case 'tier_region':
      return `that tier stays in ${tier?.regions.join(', ')}, while ${whereWords(model, provider)}`
    case 'data_region':
      return `${sourceWords(sources, model, provider)}, while ${whereWords(model, provider)}`
    case 'route_region':
      return `${routeName} stays in ${route?.document.constraints.regions.join(', ')}, while ${whereWords(model, provider)}`
    case 'route_provider':
      return `${routeName} leaves out the provider ${at}`
    case 'route_tier':
      return `${routeName} asks for models approved for ${route?.document.constraints.tiers.join(', ')}, and ${name} is not`
    case 'route_price':
      return `${name} costs more than ${routeName} lets a model cost, or has no price`
    case 'context_window':
      return `the request is longer than the context window of ${name} (${model.document.contextWindow} tokens)`
    case 'output_limit':
      return `the request allows more output than ${name} can write (${model.document.maxOutputTokens} tokens)`
    case 'not_cheaper':
      return `${name} is not known to cost less for this request`
    case 'budget':
      return `a budget for ${name} or its provider has no room for this request`
    case 'rate_limit':
      return `a rate limit of ${name} has no room for this request`
    case 'failover_off':
      return `${routeName} tries one model only`
    case 'circuit_open':
      return `${name} has been failing at ${at} and is left alone for the moment`
    case 'cooling':
      return `${at} asked for a pause before ${name} is called again`
    default:
      return `${name} cannot serve ${request.model}`
  }
}

function lifecycleWords({ document }: RoutableModel, name: string): string {
  if (document.lifecycle === 'blocked') return `the model ${name} is blocked`
  if (document.lifecycle === 'proposed' || document.lifecycle === 'under_review') {
    return `the model ${name} is not approved yet`
  }
  return `the model ${name} was retired on ${document.sunsetAt}`
}

function restrictionWords({ document }: RoutableModel, name: string, request: RouteRequest): string {
  const { onlyFor } = document
  const list = notFor(onlyFor, request)
  if (list === 'teamIds') return `the model ${name} is approved for other teams only`
  const [what, header, said, allowed] =
    list === 'workloads'
      ? (['workload', 'x-gatehouse-workload', request.workload, onlyFor.workloads] as const)
      : (['use case', 'x-gatehouse-use-case', request.useCase, onlyFor.useCases] as const)
  const given = said === null ? `the request names no ${what} in ${header}` : `the request is for "${said}"`
  return `the model ${name} is approved for the ${what} ${allowed.join(', ')} only, and ${given}`
}

function sourceWords(sources: DataReach['sources'], model: RoutableModel, provider: RoutableProvider | null): string {
  const source = sources.find(one => provider && !isWithin(one.regions, model, provider))
  return `its data from ${source?.name} stays in ${source?.regions.join(', ')}`
}

function whereWords(model: RoutableModel, provider: RoutableProvider | null): string {
  const regions = provider ? regionsOf(model, provider) : []
  const name = provider?.document.name ?? `"${model.document.identifier}"`
  return `${name} is in ${regions.length > 0 ? regions.join(' and ') : 'no stated region'}`
}
