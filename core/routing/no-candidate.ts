import type { TierDocument } from '#core/contracts/config-documents.ts'
import { exclusionWords } from './exclusion-words.ts'
import type { Exclusion } from './explanation.ts'
import type { DataReach, PlannedCandidate, RoutePlan } from './plan-route.ts'
import type { RoutableModel, RoutableProvider } from './routable-model.ts'

/** How a request that nobody may serve is refused, in words that say what to do. */
export interface RouteRefusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly param: string
  readonly rule: string
}

type Candidate = PlannedCandidate<RoutableModel, RoutableProvider>
type Plan = RoutePlan<RoutableModel, RoutableProvider>

export interface RefusalContext {
  /** The tier in force; null: the organization has none, or it is not known yet. */
  readonly tier: TierDocument | null
  readonly sources: DataReach['sources']
  /** What raised the tier, in words. */
  readonly raisedBy: string | null
  readonly keyName: string | null
  /** What to say when no model is served on the path of the call. */
  readonly dialectWords: string
}

/** The refusal of a request whose plan leaves nobody: the reason is that against the model it names. */
export function refusalOf(plan: Plan, context: RefusalContext): RouteRefusal {
  const { request, route } = plan
  const first = plan.candidates.find(({ origin }) => origin === 'requested') ?? plan.candidates[0]
  if (!first) return unknownName(plan)
  const exclusion = telling(first.exclusions)
  if (exclusion?.startsWith('tier') || exclusion === 'data_region') return tierRefusal(plan, first, exclusion, context)
  const reason = exclusion
    ? exclusionWords(exclusion, first, { request, route, tier: context.tier, sources: context.sources })
    : 'nobody may serve it'
  const others = plan.candidates.length + plan.substitutes.length - 1
  const beside = others > 0 ? ` No other of its ${others + 1} candidates may serve it either${outageWords(plan)}.` : ''
  return { param: 'model', ...byExclusion(exclusion, first, request.model, reason, context, beside) }
}

function outageWords({ substitutes }: Plan): string {
  const only = substitutes.some(({ candidate }) => candidate.exclusions.includes('outages_only'))
  return only ? ': its substitutes are for when it cannot be reached' : ''
}

/** Of several reasons, the one that a person can do most about. */
function telling(exclusions: readonly Exclusion[]): Exclusion | undefined {
  const order: readonly Exclusion[] = [
    'key_models',
    'workload_models',
    'lifecycle',
    'use_restricted',
    'not_signed_off',
    'dialect',
    'several_answers',
    'untranslatable',
    'unknown_provider',
    'provider_disabled',
  ]
  return order.find(one => exclusions.includes(one)) ?? exclusions[0]
}

function unknownName({ request, route }: Plan): RouteRefusal {
  if (route) {
    const message = `The route "${route.document.name}" names no model that is left in the catalog. Operations can add one.`
    return { status: 503, code: 'route_empty', message, param: 'model', rule: `route:${route.id}` }
  }
  const message = `The model "${request.model}" is not in the catalog. GET /v1/models lists the models that this key may use.`
  return { status: 404, code: 'model_not_found', message, param: 'model', rule: 'catalog' }
}

function tierRefusal(plan: Plan, first: Candidate, exclusion: Exclusion, context: RefusalContext): RouteRefusal {
  const { request, route } = plan
  const tier = context.tier?.name ?? 'unclassified'
  const reason = exclusionWords(exclusion, first, { request, route, tier: context.tier, sources: context.sources })
  const raised = context.raisedBy ? ` What was found in it (${context.raisedBy}) raised it to that tier.` : ''
  const others = plan.candidates.length + plan.substitutes.length - 1
  const beside = others > 0 ? ` None of its ${others} other candidates may see that tier there either.` : ''
  const regions = exclusion === 'tier_region' ? context.tier?.regions : context.sources.flatMap(one => one.regions)
  const where = exclusion.endsWith('region') ? ` of a provider in ${regions?.join(' or ')}` : ''
  const message = `This request is classified ${tier}, and ${reason}.${raised}${beside} Use a model${where} that is approved for ${tier}, or remove the data.`
  return { status: 403, code: 'tier_not_allowed', message, param: 'model', rule: `tier:${tier}` }
}

function byExclusion(
  exclusion: Exclusion | undefined,
  { model, provider, inexpressible }: Candidate,
  name: string,
  reason: string,
  { keyName, dialectWords }: RefusalContext,
  beside: string,
): Omit<RouteRefusal, 'param'> & Partial<RouteRefusal> {
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
  switch (exclusion) {
    case 'key_models': {
      const message = `The key "${keyName ?? ''}" may not use the model "${name}". Issue a key for it, or use another model.`
      return { status: 403, code: 'model_not_allowed', rule: 'key:models', message }
    }
    case 'workload_models':
      return {
        status: 403,
        code: 'model_outside_workload',
        rule: 'workload:models',
        message: `${sentence} Use a model that its brief names, or submit a brief with this one.`,
      }
    case 'lifecycle':
      return {
        status: 403,
        code: 'model_not_available',
        rule: 'model:lifecycle',
        message: `${sentence}${beside} Use another model of the catalog.`,
      }
    case 'use_restricted':
      return {
        status: 403,
        code: 'model_use_restricted',
        rule: 'model:only_for',
        message: `${sentence}${beside} Use a model that is approved for this, or ask for it in the catalog.`,
      }
    case 'not_signed_off':
      return {
        status: 403,
        code: 'model_not_signed_off',
        rule: 'model:sign_off',
        message: `${sentence}${beside} Call it with a key of development or staging, or have it signed off in the catalog.`,
      }
    case 'dialect':
      return {
        status: 400,
        code: 'wrong_dialect',
        rule: 'model:dialects',
        message: dialectWords,
      }
    case 'several_answers':
      return {
        status: 400,
        code: 'untranslatable',
        rule: 'translation',
        param: 'n',
        message: `"n" cannot be carried to this model: ${reason}.${beside} Send a request for each answer, without "n", or use a model that speaks chat completions.`,
      }
    case 'untranslatable': {
      if (!inexpressible) break
      return { status: 400, ...inexpressible, message: `${inexpressible.message}${beside}` }
    }
    case 'unknown_provider':
      return {
        status: 503,
        code: 'provider_unavailable',
        rule: 'provider:missing',
        message: `The provider of "${model.document.identifier}" is not known to this gateway. Operations can see why in the fleet page.`,
      }
    case 'provider_disabled':
      return {
        status: 403,
        code: 'provider_disabled',
        rule: 'provider:disabled',
        message: `The provider ${provider?.document.name ?? ''} is switched off.${beside} Use a model of another provider.`,
      }
  }
  return {
    status: 403,
    code: 'no_candidate',
    rule: `route:${exclusion ?? 'none'}`,
    message: `Nobody may serve this request: ${reason}.${beside} Change the request, or ask Operations to change the route.`,
  }
}
