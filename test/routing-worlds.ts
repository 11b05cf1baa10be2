import fc from 'fast-check'
import { DIALECTS, MODEL_LIFECYCLES, TierDocument } from '#core/contracts/config-documents.ts'
import { type Measurement, orderCandidates, type RouteDecision } from '#core/routing/order-candidates.ts'
import { keepForData, planRoute, type RoutePlan, type RouteRequest } from '#core/routing/plan-route.ts'
import type { RoutableModel, RoutableProvider, RoutingCatalog } from '#core/routing/routable-model.ts'
import { type RouteDocument, SUBSTITUTION_REASONS } from '#core/routing/route.ts'
import { ROUTE_OBJECTIVES, ROUTE_SCOPES } from '#core/routing/route-options.ts'
import { type RouteRecord, RouteTable } from '#core/routing/route-table.ts'

export const NOW = Date.UTC(2026, 10, 21)
export const OPERATION = { generates: true, charged: true }
const MODELS = 6
const id = (kind: number, index: number) => `00000000-0000-7000-800${kind}-00000000000${index}`
const modelId = (index: number) => id(1, index)
const providerId = (index: number) => id(2, index)
const REGIONS = ['eu', 'us']
const tierNames = ['Public', 'Internal', 'Restricted']

const index = fc.nat({ max: MODELS - 1 })
const amount = fc.option(fc.bigInt({ min: 0n, max: 20_000_000_000n }))

const model = fc.record({
  dialects: fc.uniqueArray(fc.constantFrom(...DIALECTS), { minLength: 1, maxLength: 3 }),
  lifecycle: fc.constantFrom('approved' as const, ...MODEL_LIFECYCLES),
  own: fc.constantFrom(null, null, true, false),
  useCases: fc.constantFrom<string[]>([], [], ['mine'], ['other']),
  sunset: fc.option(fc.constantFrom(NOW - 1, NOW + 1)),
  provider: fc.nat({ max: 2 }),
  tiers: fc.subarray(tierNames),
  regions: fc.subarray(REGIONS),
  contextWindow: fc.option(fc.integer({ min: 100, max: 10_000 })),
  maxOutputTokens: fc.option(fc.integer({ min: 100, max: 10_000 })),
  price: fc.option(fc.record({ input: amount, output: amount })),
  substitutes: fc.array(fc.record({ index, when: fc.subarray([...SUBSTITUTION_REASONS], { minLength: 1 }) }), {
    maxLength: 3,
  }),
})

const route = fc.record({
  enabled: fc.constantFrom(true, true, false),
  scope: fc.constantFrom(...ROUTE_SCOPES),
  named: fc.boolean(),
  callableAs: fc.option(fc.constantFrom('smart', 'model-0')),
  models: fc.uniqueArray(index, { maxLength: 4 }),
  objective: fc.constantFrom(...ROUTE_OBJECTIVES),
  weights: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 9 })),
  regions: fc.subarray(REGIONS),
  failover: fc.boolean(),
})

const measurement = fc.record({
  available: fc.constantFrom(true, true, false),
  cooling: fc.constantFrom(false, false, true),
  latencyMs: fc.option(fc.double({ min: 1, max: 1e4, noNaN: true })),
  errorRate: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  trying: fc.boolean(),
})

export const world = fc.record({
  useCase: fc.constantFrom(null, 'mine'),
  models: fc.array(model, { minLength: MODELS, maxLength: MODELS }),
  providers: fc.array(
    fc.record({
      region: fc.option(fc.constantFrom(...REGIONS)),
      enabled: fc.constantFrom(true, true, true, false),
      converse: fc.boolean(),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  routes: fc.array(route, { maxLength: 4 }),
  measurements: fc.array(fc.option(measurement), { minLength: MODELS, maxLength: MODELS }),
  name: fc.constantFrom('model-0', 'model-1', 'smart', 'nothing'),
  operation: fc.constantFrom(
    { name: 'chat', dialect: 'chat' } as const,
    { name: 'messages', dialect: 'messages' } as const,
    { name: 'embeddings', dialect: 'embeddings' } as const,
  ),
  key: fc.option(fc.subarray([0, 1, 2, 3, 4, 5])),
  allowed: fc.option(fc.subarray([0, 1, 2, 3, 4, 5])),
  outputTokens: fc.option(fc.integer({ min: 1, max: 5_000 })),
  answers: fc.constantFrom(1, 1, 2),
  pinned: fc.constantFrom(false, false, false, true),
  tier: fc.option(
    fc.record({ rank: fc.nat({ max: 2 }), regions: fc.subarray(REGIONS), provider: fc.option(fc.nat(2)) }),
  ),
  pressure: fc.boolean(),
})
export type World = typeof world extends fc.Arbitrary<infer T> ? T : never

export interface Decided {
  catalog: RoutingCatalog<RoutableModel, RoutableProvider>
  request: RouteRequest
  plan: RoutePlan<RoutableModel, RoutableProvider>
  decision: RouteDecision<RoutableModel, RoutableProvider>
  tier: TierDocument | null
  measure: (id: string) => Measurement | null
}

export function decide(given: World): Decided {
  const tiers = tierNames.map((name, rank) => TierDocument.parse(tierInput(name, rank)))
  const tier = given.tier && {
    ...(tiers[given.tier.rank] as TierDocument),
    regions: given.tier.regions,
    providerIds: given.tier.provider === null ? [] : [providerId(given.tier.provider)],
  }
  const models = new Map(given.models.map((one, at) => [modelId(at), modelOf(one, at)]))
  const providers = given.providers.map((one, at) => ({
    id: providerId(at),
    document: {
      ...{ name: `P${at}`, region: one.region, enabled: one.enabled },
      ...{ kind: one.converse ? ('aws_bedrock' as const) : ('openai' as const), baseUrl: 'https://models.example.com' },
    },
  }))
  const catalog = {
    models,
    providers: new Map(providers.map(one => [one.id, one])),
    names: new Map([...models.values()].map(one => [one.document.identifier, one])),
    routes: new RouteTable(given.routes.map(routeOf)),
    tiers,
  }
  const request: RouteRequest = {
    operation: given.operation,
    model: given.name,
    teamId: 'team',
    workload: 'workload',
    useCase: given.useCase,
    environment: 'production',
    keyModels: given.key && new Set(given.key.map(modelId)),
    workloadModels: given.allowed && new Set(given.allowed.map(modelId)),
    now: NOW,
    streaming: false,
    inputTokens: 1_000,
    outputTokens: given.outputTokens,
    answers: given.answers,
    pinned: given.pinned,
  }
  const plan = planRoute(catalog, request)
  keepForData(plan, { tier, tiers, sources: [] })
  const measure = (of: string): Measurement | null => {
    const found = given.measurements[Number(of.at(-1))]
    return found ? { ...found, circuit: found.available ? 'closed' : 'open' } : null
  }
  return { catalog, request, plan, decision: orderCandidates(plan, measure, given.pressure), tier, measure }
}

function tierInput(name: string, rank: number): TierDocument {
  return { name, rank, contentLogging: 'full', cacheable: true, regions: [], providerIds: [] }
}

function modelOf(given: World['models'][number], at: number): RoutableModel {
  const { dialects, lifecycle, provider, tiers, regions, contextWindow, maxOutputTokens, price } = given
  const none = { cachedInput: null, cacheWrite5m: null, cacheWrite1h: null, reasoning: null }
  const names = { identifier: `model-${at}`, displayName: `Model ${at}`, aliases: [], upstreamModel: `m${at}` }
  return {
    id: modelId(at),
    dialects: new Set(dialects),
    sunsetAt: given.sunset ?? Number.POSITIVE_INFINITY,
    prices: price ? [{ from: 0, document: { id: modelId(at), validFrom: '', ...none, ...price } }] : [],
    document: {
      ...names,
      providerId: providerId(provider),
      dialects,
      lifecycle,
      sunsetAt: null,
      contextWindow,
      maxOutputTokens,
      tiers,
      regions,
      createdAt: '',
      prices: [],
      substitutes: given.substitutes.map(one => ({ modelId: modelId(one.index), when: one.when })),
      own: given.own === null ? null : { version: '1', digest: 'sha256:0', signedOff: given.own },
      onlyFor: { useCases: given.useCases, teamIds: [], workloads: [] },
    },
  }
}

function routeOf(given: World['routes'][number], at: number): RouteRecord {
  const [cost, latency, errors, capability, preference] = given.weights
  const document: RouteDocument = {
    name: `Route ${at}`,
    version: at + 1,
    enabled: given.enabled,
    scope: given.scope,
    target: given.scope === 'organization' ? null : given.scope,
    requestedNames: given.named ? ['model-0'] : [],
    callableAs: given.callableAs,
    modelIds: given.models.map(modelId),
    objective: given.objective,
    weights: { cost, latency, errors, capability, preference },
    constraints: {
      regions: given.regions,
      providerIds: [],
      tiers: [],
      mostInputNanoUsd: null,
      mostOutputNanoUsd: null,
    },
    failover: given.failover,
    attemptTimeoutMs: null,
  }
  return { id: id(3, at), document }
}
