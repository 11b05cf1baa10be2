import { DRILL_HEADER, readDrill } from '#core/routing/drill.ts'
import type { Exclusion } from '#core/routing/explanation.ts'
import { orderCandidates } from '#core/routing/order-candidates.ts'
import { keepForData, permitted, planRoute, type RouteRequest } from '#core/routing/plan-route.ts'
import type { RoutingCatalog } from '#core/routing/routable-model.ts'
import type { ModelEntry, ProviderEntry } from '#gateway/config/entries.ts'
import type { Organization } from '#gateway/config/organization.ts'
import { estimatedPromptTokens } from '#gateway/dialects/answer-usage.ts'
import { askedAnswers, outputLimit } from '#gateway/dialects/request-fields.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { exemptionsOf } from '#gateway/exemptions/exemptions-of.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { Deployments } from './deployments.ts'
import { refuseInexpressible } from './inexpressible.ts'
import { isServable, outOfUse, planRefusal, regionRefusal, servable } from './plan-refusal.ts'

/** Fields that go on with something which only one provider has. */
const CONTINUATIONS = ['previous_response_id', 'conversation', 'container'] as const

/** What routing reads of an organization's configuration. */
export function routingCatalog(organization: Organization): RoutingCatalog<ModelEntry, ProviderEntry> {
  const { models, providers, names, routes, guardrails } = organization
  return { models, providers, names, routes, tiers: guardrails.plan.tiers }
}

/** Finds who may serve a request, as far as that can be said before its tier is known. Throws when nobody may. */
export function planRequest(exchange: Exchange, model: string): void {
  exchange.drill = drillOf(exchange)
  exchange.exemptions = exemptionsOf(exchange)
  const organization = organizationOf(exchange)
  const plan = planRoute(routingCatalog(organization), requestOf(exchange, model))
  exchange.plan = plan
  exchange.candidates = servable(plan)
  const refusal = planRefusal(plan, exchange.candidates, exchange)
  if (refusal) throw refusal
  refuseInexpressible(exchange, plan)
}

/** Keeps who may see the request's data, now that its tier is known. Throws a 403 that says why when nobody may. */
export function keepPermitted(exchange: Exchange): void {
  const { tier, plan, services, dataSources: sources } = exchange
  if (!plan || (!tier && sources.length === 0)) return
  const elsewhere = regionRefusal(tier, sources, services.environment.GATEHOUSE_REGION)
  if (elsewhere) throw elsewhere
  const before = exchange.candidates.length
  keepForData(plan, { tier, tiers: organizationOf(exchange).guardrails.plan.tiers, sources })
  exchange.candidates = servable(plan)
  const refusal = planRefusal(plan, exchange.candidates, exchange)
  if (refusal) throw refusal
  // Whoever is gone may have been the one that could be told the request.
  if (exchange.candidates.length < before) refuseInexpressible(exchange, plan)
}

/** Leaves out every candidate that is not among the kept ones, for a reason. */
export function keepCandidates(exchange: Exchange, kept: readonly Candidate[], reason: Exclusion): void {
  for (const candidate of exchange.plan ? permitted(exchange.plan) : []) {
    if (!kept.some(({ model }) => model === candidate.model)) candidate.exclusions.push(reason)
  }
  exchange.candidates = [...kept]
}

/** Puts the candidates in the order in which they are tried. Throws a 503 when all of them are out of use. */
export function orderRequest(exchange: Exchange): void {
  const { plan, budgetAction, streaming } = exchange
  if (!plan) throw new Error('a request that is routed has a plan')
  const deployments = deploymentsOf(exchange)
  const measure = streaming ? deployments.measureStreams : deployments.measureAnswers
  const decision = orderCandidates(plan, measure, budgetAction === 'downgrade')
  exchange.cheaper = decision.cheaper
  exchange.candidates = decision.order.map(({ candidate }) => candidate).filter(isServable)
  if (exchange.candidates.length === 0) throw outOfUse(plan, deployments)
}

/** The measurements that a request is routed by, and adds to: everybody's, or those of its drill. */
export function deploymentsOf({ drill, services }: Exchange): Deployments {
  return drill ? services.deployments.ofDrill(drill) : services.deployments
}

function requestOf(exchange: Exchange, model: string): RouteRequest {
  const { key, workload, body, operation, attribution, occurredAt, streaming, raw } = exchange
  return {
    operation,
    model,
    teamId: key?.document.teamId ?? null,
    workload: attribution.workload,
    useCase: attribution.useCase,
    environment: key?.document.environment ?? null,
    keyModels: key?.models ?? null,
    workloadModels: workload?.models ?? null,
    now: occurredAt,
    streaming,
    inputTokens: estimatedPromptTokens(raw?.length ?? 0),
    outputTokens: outputLimit(body),
    answers: askedAnswers(operation, body),
    pinned:
      operation.name === 'count_tokens' ||
      CONTINUATIONS.some(field => body[field] !== undefined && body[field] !== null),
    exemptions: exchange.exemptions,
  }
}

function drillOf(exchange: Exchange): Exchange['drill'] {
  const value = exchange.header(DRILL_HEADER)
  if (value === undefined) return null
  const drill = readDrill(exchange.services.drillKey, value, exchange.occurredAt)
  const { key } = exchange
  if (drill && key && drill.keyId === key.id && drill.organizationId === key.organizationId) return drill
  const words = `The header ${DRILL_HEADER} is for failover drills of this installation. Leave it out.`
  throw new Refusal(403, 'invalid_drill', words, { param: DRILL_HEADER, rule: 'drill' })
}

function organizationOf(exchange: Exchange): Organization {
  const organization = exchange.services.configuration.organizations.get(exchange.key?.organizationId ?? '')
  if (!organization) throw new Error('a key in force has an organization')
  return organization
}
