import { notFor } from '#core/catalog/only-for.ts'
import type { DataSourceDocument, KeyDocument, TierDocument } from '#core/contracts/config-documents.ts'
import type { ExemptionRecord } from '#core/exemptions/exemption.ts'
import { isConverseAddress } from '#core/provider-address.ts'
import { exemptedTierExclusion, exemptFromModelRules, isBeyondCeiling } from './exempt-candidate.ts'
import type { CandidateOrigin, Exclusion } from './explanation.ts'
import { keepSubstitutesForOutages } from './outages-only.ts'
import {
  isCallable,
  priceAt,
  type RoutableModel,
  type RoutableProvider,
  type RoutingCatalog,
} from './routable-model.ts'
import type { RouteConstraints } from './route.ts'
import type { RouteRecord, RouteSubject } from './route-table.ts'
import { type RoutedOperation, servedAs } from './served-as.ts'
import { isWithin } from './tier-reach.ts'

/** What a request asks for, as far as routing cares. */
export interface RouteRequest extends RouteSubject {
  readonly operation: RoutedOperation
  /** Of its key; null: not known, which counts as production. */
  readonly environment: KeyDocument['environment'] | null
  /** What the caller says that it is for; null: nothing. */
  readonly useCase: string | null
  /** Models that its key may call; null: all of the catalog. */
  readonly keyModels: ReadonlySet<string> | null
  /** The only models of its workload; null: it has none, or any. */
  readonly workloadModels: ReadonlySet<string> | null
  /** Milliseconds since 1970. */
  readonly now: number
  readonly streaming: boolean
  /** An estimate. */
  readonly inputTokens: number
  /** The most that the caller lets the model generate; null: no limit. */
  readonly outputTokens: number | null
  /** How many answers it asks for; only chat completions have more than one. */
  readonly answers: number
  /** It goes on with something that its provider keeps, so that no other model can answer it. */
  readonly pinned: boolean
  /** Those that hold for it; none unless told. */
  readonly exemptions?: readonly ExemptionRecord[]
}

/** A model that a request may go to, or why it may not. */
export interface PlannedCandidate<M extends RoutableModel, P extends RoutableProvider> {
  readonly model: M
  /** Null exactly when the provider is not known. */
  readonly provider: P | null
  origin: CandidateOrigin
  /** Every reason against it; empty: it may serve. */
  readonly exclusions: Exclusion[]
  /** Exemptions without which it might not serve, by id. */
  readonly exemptions: string[]
  /** The call it serves the request with; null: none. */
  readonly servedAs: string | null
  /** What of the request cannot be put to it, when it is left out as untranslatable. */
  inexpressible: Inexpressible | null
}

/** How a caller is told what a model cannot be asked. */
export interface Inexpressible {
  readonly code: string
  readonly param: string
  readonly rule: string
  readonly message: string
}

/** A substitute stands behind the candidates of its own right, each time for its reasons. */
export interface PlannedSubstitute<M extends RoutableModel, P extends RoutableProvider> {
  readonly candidate: PlannedCandidate<M, P>
  readonly outage: boolean
  readonly budget: boolean
}

/** Who may serve a request, before anything is measured. */
export interface RoutePlan<M extends RoutableModel, P extends RoutableProvider> {
  readonly request: RouteRequest
  /** The model that the request names; null: the name is a route's own, or unknown. */
  readonly requested: M | null
  readonly route: RouteRecord | null
  readonly otherRoutes: readonly RouteRecord[]
  /** The requested model and the route's, the preferred first. */
  readonly candidates: readonly PlannedCandidate<M, P>[]
  /** In the catalog's order. */
  readonly substitutes: readonly PlannedSubstitute<M, P>[]
}

const NO_ROUTES: readonly RouteRecord[] = []
const NO_EXEMPTIONS: readonly ExemptionRecord[] = []

/** Collects the candidates of a request: the model it names, the models of the route that covers it, their substitutes. */
export function planRoute<M extends RoutableModel, P extends RoutableProvider>(
  catalog: RoutingCatalog<M, P>,
  request: RouteRequest,
): RoutePlan<M, P> {
  const requested = catalog.names.get(request.model) ?? null
  const [route = null, ...others] = catalog.routes.covering(request, requested !== null)
  const candidates: PlannedCandidate<M, P>[] = []
  const ids = route?.document.modelIds ?? []
  if (requested && !ids.includes(requested.id)) candidates.push(candidateOf(catalog, request, route, requested, true))
  for (const id of ids) {
    const model = catalog.models.get(id)
    if (!model || candidates.some(one => one.model === model)) continue
    candidates.push(candidateOf(catalog, request, route, model, model === requested))
  }
  const substitutes = substitutesOf(catalog, request, route, candidates)
  const otherRoutes = others.length > 0 ? others : NO_ROUTES
  const plan = { request, requested, route, otherRoutes, candidates, substitutes }
  keepSubstitutesForOutages(plan)
  return plan
}

/** What a request's data asks of whoever processes it. */
export interface DataReach {
  /** Null: the organization has no tiers. */
  readonly tier: TierDocument | null
  /** Lowest rank first. */
  readonly tiers: readonly TierDocument[]
  readonly sources: readonly Pick<DataSourceDocument, 'name' | 'regions'>[]
}

/** Leaves out whoever may not see the request's data. */
export function keepForData<M extends RoutableModel, P extends RoutableProvider>(
  plan: RoutePlan<M, P>,
  { tier, tiers, sources }: DataReach,
): void {
  const { request, candidates, substitutes } = plan
  const exempt = request.exemptions ?? NO_EXEMPTIONS
  const check = (candidate: PlannedCandidate<M, P>) => {
    const { model, provider, exclusions } = candidate
    if (!provider) return
    if (isBeyondCeiling(candidate, exempt, tier, tiers)) exclusions.push('lifecycle')
    const exclusion = tier && exemptedTierExclusion(candidate, provider, exempt, tier, tiers)
    if (exclusion) exclusions.push(exclusion)
    if (sources.some(({ regions }) => !isWithin(regions, model, provider))) exclusions.push('data_region')
  }
  for (const candidate of candidates) check(candidate)
  for (const { candidate } of substitutes) check(candidate)
  keepSubstitutesForOutages(plan)
}

/**
 * Whoever may serve: the candidates of their own right, then the substitutes. Those that are only the cheaper
 * equivalent of somebody serve nothing when nobody else may.
 */
export function permitted<M extends RoutableModel, P extends RoutableProvider>({
  candidates,
  substitutes,
}: RoutePlan<M, P>): PlannedCandidate<M, P>[] {
  const free: PlannedCandidate<M, P>[] = []
  for (const candidate of candidates) if (candidate.exclusions.length === 0) free.push(candidate)
  for (const { candidate } of substitutes) if (candidate.exclusions.length === 0) free.push(candidate)
  return free.some(({ origin }) => origin !== 'budget') ? free : []
}

function substitutesOf<M extends RoutableModel, P extends RoutableProvider>(
  catalog: RoutingCatalog<M, P>,
  request: RouteRequest,
  route: RouteRecord | null,
  candidates: readonly PlannedCandidate<M, P>[],
): PlannedSubstitute<M, P>[] {
  const found = new Map<string, PlannedSubstitute<M, P>>()
  for (const { model: original } of candidates) {
    for (const { modelId, when } of original.document.substitutes) {
      const model = catalog.models.get(modelId)
      if (!model || candidates.some(one => one.model === model)) continue
      const before = found.get(modelId)
      const outage = when.includes('outage') || (before?.outage ?? false)
      const budget = when.includes('budget') || (before?.budget ?? false)
      const candidate = before?.candidate ?? candidateOf(catalog, request, route, model, false)
      candidate.origin = outage ? 'outage' : 'budget'
      found.set(modelId, { candidate, outage, budget })
    }
  }
  return [...found.values()]
}

function candidateOf<M extends RoutableModel, P extends RoutableProvider>(
  catalog: RoutingCatalog<M, P>,
  request: RouteRequest,
  route: RouteRecord | null,
  model: M,
  isRequested: boolean,
): PlannedCandidate<M, P> {
  const provider = catalog.providers.get(model.document.providerId) ?? null
  const served = servedAs(request.operation, model.dialects)
  const exclusions: Exclusion[] = []
  if (request.keyModels !== null && !request.keyModels.has(model.id)) exclusions.push('key_models')
  if (request.workloadModels !== null && !request.workloadModels.has(model.id)) exclusions.push('workload_models')
  if (!isCallable(model, request.now)) exclusions.push('lifecycle')
  if (notFor(model.document.onlyFor, request) !== null) exclusions.push('use_restricted')
  if (!isSignedOffFor(model, request.environment)) exclusions.push('not_signed_off')
  if (served === null) exclusions.push('dialect')
  else if (request.answers > 1 && givesOneAnswer(request, served, provider)) exclusions.push('several_answers')
  if (!provider) exclusions.push('unknown_provider')
  else if (!provider.document.enabled) exclusions.push('provider_disabled')
  if (!isRequested) excludeMisfits(request, model, exclusions)
  if (route && provider) excludeByConstraints(route.document.constraints, request, model, provider, exclusions)
  const exemptions: string[] = []
  const candidate = { model, provider, exclusions, exemptions, servedAs: served, inexpressible: null }
  // Nobody is sent to a model that needs an exemption unless they ask for it by name.
  if (isRequested) exemptFromModelRules(candidate, request.exemptions ?? NO_EXEMPTIONS)
  return { ...candidate, origin: isRequested ? 'requested' : 'route' }
}

/** Of all forms in which a model is asked, only chat completions have several answers to a request. */
function givesOneAnswer({ operation }: RouteRequest, served: string, provider: RoutableProvider | null): boolean {
  if (served !== operation.name) return true
  return provider?.document.kind === 'aws_bedrock' && isConverseAddress(provider.document.baseUrl)
}

/** Before its sign-off a model of our own answers calls of development and staging only. */
function isSignedOffFor({ document: { own } }: RoutableModel, environment: RouteRequest['environment']): boolean {
  return own === null || own.signedOff || environment === 'development' || environment === 'staging'
}

/** What a caller asks of the model it names is between the two; nobody else is chosen for what they cannot do. */
function excludeMisfits(request: RouteRequest, { document }: RoutableModel, exclusions: Exclusion[]): void {
  const { contextWindow, maxOutputTokens } = document
  if (request.pinned) exclusions.push('provider_state')
  if (contextWindow !== null && request.inputTokens > contextWindow) exclusions.push('context_window')
  if (maxOutputTokens !== null && (request.outputTokens ?? 0) > maxOutputTokens) exclusions.push('output_limit')
}

function excludeByConstraints(
  constraints: RouteConstraints,
  request: RouteRequest,
  model: RoutableModel,
  provider: RoutableProvider,
  exclusions: Exclusion[],
): void {
  const { regions, providerIds, tiers } = constraints
  if (!isWithin(regions, model, provider)) exclusions.push('route_region')
  if (providerIds.length > 0 && !providerIds.includes(provider.id)) exclusions.push('route_provider')
  if (tiers.some(tier => !model.document.tiers.includes(tier))) exclusions.push('route_tier')
  if (!isWithinPrice(constraints, model, request.now)) exclusions.push('route_price')
}

function isWithinPrice(constraints: RouteConstraints, model: RoutableModel, now: number): boolean {
  const { mostInputNanoUsd, mostOutputNanoUsd } = constraints
  if (mostInputNanoUsd === null && mostOutputNanoUsd === null) return true
  const price = priceAt(model, now)
  const within = (most: bigint | null, asked: bigint | null | undefined) =>
    most === null || (asked !== null && asked !== undefined && asked <= most)
  return within(mostInputNanoUsd, price?.input) && within(mostOutputNanoUsd, price?.output)
}
