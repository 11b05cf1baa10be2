import type { TierDocument } from '#core/contracts/config-documents.ts'
import { explainRoute } from '#core/routing/explain-route.ts'
import type { ExplainRequest, RouteExplanation } from '#core/routing/explanation.ts'
import { orderCandidates } from '#core/routing/order-candidates.ts'
import { keepForData, planRoute, type RouteRequest } from '#core/routing/plan-route.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import type { Guardrails } from '#gateway/config/guardrails.ts'
import type { Organization } from '#gateway/config/organization.ts'
import type { WorkloadEntry } from '#gateway/config/workloads.ts'
import { askedAnswers } from '#gateway/dialects/request-fields.ts'
import { exemptionSubject } from '#gateway/exemptions/exemptions-of.ts'
import { dataSourcesOf } from '#gateway/inspection/request-data.ts'
import { fixedTier, higherTier } from '#gateway/inspection/request-tier.ts'
import { OPERATIONS, type Operation } from '#gateway/operations.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { Services } from '#gateway/services.ts'
import { explainCallCeiling } from '#gateway/workloads/call-ceiling.ts'
import { workloadOf } from '#gateway/workloads/request-workload.ts'
import { markInexpressible } from './inexpressible.ts'
import { outOfUse, planRefusal, regionRefusal, servable } from './plan-refusal.ts'
import { routingCatalog } from './request-plan.ts'

interface ExplainedWorkload {
  /** What the request is attributed to, registered or not. */
  readonly name: string | null
  readonly workload: WorkloadEntry | null
  readonly refusal: Refusal | null
}

/** Decides a request as the pipeline would at this moment, by the same functions, and says why. Nothing is called. */
export function explainRequest(services: Services, asked: ExplainRequest): RouteExplanation {
  const { configuration, environment, deployments } = services
  const organization = configuration.organizations.get(asked.organizationId)
  if (!organization) throw new Refusal(404, 'not_found', 'This replica knows no such organization.')
  const key = keyOf(services, asked)
  const operation = OPERATIONS.find(({ name }) => name === asked.operation) as Operation
  const { guardrails } = organization
  const { name: workloadName, workload, refusal: ofWorkload } = workloadFor(organization, key, asked.workload)
  const data = dataSourcesOf(key, workloadName, asked.dataSources.join(','), guardrails)
  const { sources } = data
  const tier = higherTier(fixedTier(key, data, guardrails, workload), tierNamed(guardrails, asked.tier))
  const { draft } = asked
  const catalog = routingCatalog(organization)
  const routes = draft ? catalog.routes.with(draft) : catalog.routes
  const plan = planRoute(
    { ...catalog, routes },
    requestOf(asked, operation, key, { name: workloadName, workload }, organization),
  )
  markInexpressible({ operation, body: bodyOf(asked, operation), services }, plan)
  keepForData(plan, { tier, tiers: catalog.tiers, sources })
  const here = environment.GATEHOUSE_REGION
  const refusalOfPlan =
    ofWorkload ??
    regionRefusal(tier, sources, here) ??
    planRefusal(plan, servable(plan), { operation, key, tier, raisedBy: null, dataSources: sources }) ??
    explainCallCeiling(plan, workload, operation)
  const measure = asked.streaming ? deployments.measureStreams : deployments.measureAnswers
  const decision = orderCandidates(plan, measure, asked.budgetPressure)
  const refusal = refusalOfPlan ?? (decision.order.length === 0 ? outOfUse(plan, deployments) : null)
  return explainRoute(plan, decision, {
    replica: { id: services.replicaId, name: environment.GATEWAY_NAME, region: here ?? null },
    configVersion: configuration.version,
    tier,
    sources,
    operation,
    measure,
    refusal,
  })
}

function keyOf({ configuration }: Services, { keyId, organizationId }: ExplainRequest): KeyEntry | null {
  if (keyId === null) return null
  for (const key of configuration.keys.values()) {
    if (key.id === keyId && key.organizationId === organizationId) return key
  }
  throw new Refusal(404, 'not_found', 'This replica knows no such key.')
}

function tierNamed(guardrails: Guardrails, name: string | null): TierDocument | null {
  if (name === null) return null
  const tier = guardrails.tierNamed(name)
  if (!tier) throw new Refusal(404, 'not_found', `"${name}" is no classification tier of this organization.`)
  return tier
}

/** The workload of a request as the stage that attributes it finds it, with the refusal instead of throwing it. */
function workloadFor(organization: Organization, key: KeyEntry | null, named: string | null): ExplainedWorkload {
  const bound = organization.workloads.ofId(key?.document.workloadId ?? '')?.document.slug
  const name = bound ?? named
  try {
    return { name, workload: workloadOf(organization, key, name, Date.now()), refusal: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { name, workload: null, refusal: error }
  }
}

/** A body that says as much as is known: what it asks for, and some text. */
function bodyOf({ model, parameters, answers }: ExplainRequest, { name }: Operation): Record<string, unknown> {
  const said = name === 'chat' || name === 'messages' ? { messages: [{ role: 'user', content: '-' }] } : { input: '-' }
  return {
    model,
    ...said,
    ...(name === 'messages' && { max_tokens: 1 }),
    ...parameters,
    ...(answers > 1 && { n: answers }),
  }
}

function requestOf(
  asked: ExplainRequest,
  operation: Operation,
  key: KeyEntry | null,
  { name, workload }: Omit<ExplainedWorkload, 'refusal'>,
  { exemptions }: Organization,
): RouteRequest {
  const now = Date.now()
  const subject = {
    ...exemptionSubject(key, { workload: name, useCase: asked.useCase }),
    teamId: key?.document.teamId ?? asked.teamId,
  }
  return {
    operation,
    model: asked.model,
    teamId: key?.document.teamId ?? asked.teamId,
    workload: name,
    useCase: asked.useCase,
    environment: key?.document.environment ?? null,
    keyModels: key?.models ?? null,
    workloadModels: workload?.models ?? null,
    now,
    streaming: asked.streaming,
    inputTokens: asked.inputTokens,
    outputTokens: asked.maxOutputTokens,
    answers: askedAnswers(operation, { n: asked.answers }),
    pinned: operation.name === 'count_tokens',
    exemptions: exemptions.covering(subject, now),
  }
}
