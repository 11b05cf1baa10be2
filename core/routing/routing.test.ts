import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notFor } from '#core/catalog/only-for.ts'
import { DIALECTS, MODEL_LIFECYCLES, TierDocument } from '#core/contracts/config-documents.ts'
import { explainRoute } from './explain-route.ts'
import { type Measurement, orderCandidates, type RouteDecision } from './order-candidates.ts'
import { keepForData, planRoute, type RoutePlan, type RouteRequest } from './plan-route.ts'
import { isCallable, type RoutableModel, type RoutableProvider, type RoutingCatalog } from './routable-model.ts'
import { type RouteDocument, SUBSTITUTION_REASONS } from './route.ts'
import { ROUTE_OBJECTIVES, ROUTE_SCOPES } from './route-options.ts'
import { type RouteRecord, RouteTable } from './route-table.ts'
import { expectedCost } from './score.ts'
import { tierExclusion } from './tier-reach.ts'

const NOW = Date.UTC(2026, 10, 21)
const OPERATION = { generates: true, charged: true }
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

const world = fc.record({
  useCase: fc.constantFrom(null, 'mine'),
  models: fc.array(model, { minLength: MODELS, maxLength: MODELS }),
  providers: fc.array(
    fc.record({ region: fc.option(fc.constantFrom(...REGIONS)), enabled: fc.constantFrom(true, true, true, false) }),
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
  pinned: fc.constantFrom(false, false, false, true),
  tier: fc.option(
    fc.record({ rank: fc.nat({ max: 2 }), regions: fc.subarray(REGIONS), provider: fc.option(fc.nat(2)) }),
  ),
  pressure: fc.boolean(),
})
type World = typeof world extends fc.Arbitrary<infer T> ? T : never

interface Decided {
  catalog: RoutingCatalog<RoutableModel, RoutableProvider>
  request: RouteRequest
  plan: RoutePlan<RoutableModel, RoutableProvider>
  decision: RouteDecision<RoutableModel, RoutableProvider>
  tier: TierDocument | null
  measure: (id: string) => Measurement | null
}

function decide(given: World): Decided {
  const tiers = tierNames.map((name, rank) => TierDocument.parse(tierInput(name, rank)))
  const tier = given.tier && {
    ...(tiers[given.tier.rank] as TierDocument),
    regions: given.tier.regions,
    providerIds: given.tier.provider === null ? [] : [providerId(given.tier.provider)],
  }
  const models = new Map(given.models.map((one, at) => [modelId(at), modelOf(one, at)]))
  const providers = given.providers.map((one, at) => ({ id: providerId(at), document: { name: `P${at}`, ...one } }))
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

const holds = (check: (decided: Decided, given: World) => void) =>
  fc.assert(
    fc.property(world, given => check(decide(given), given)),
    { numRuns: 500 },
  )

describe('whatever the catalog, the routes and the measurements are', () => {
  test('only who is permitted is tried, and nobody twice', () => {
    holds(({ decision, catalog, request, tier, measure }) => {
      const tried = decision.order.map(({ candidate }) => candidate)
      expect(new Set(tried.map(one => one.model.id)).size).toBe(tried.length)
      for (const { model, provider, servedAs } of tried) {
        expect(catalog.models.get(model.id)).toBe(model)
        expect(isCallable(model, NOW)).toBe(true)
        expect(request.keyModels === null || request.keyModels.has(model.id)).toBe(true)
        expect(notFor(model.document.onlyFor, request)).toBeNull()
        expect(model.document.own?.signedOff ?? true).toBe(true)
        expect(request.workloadModels === null || request.workloadModels.has(model.id)).toBe(true)
        expect(servedAs).not.toBeNull()
        expect(provider?.document.enabled).toBe(true)
        if (tier && provider) expect(tierExclusion(model, provider, tier, catalog.tiers)).toBeNull()
        const measured = measure(model.id)
        expect(measured === null || (measured.available && !measured.cooling)).toBe(true)
      }
    })
  })

  test('whoever is tried was asked for, named by the route that decides, or a substitute for one of those', () => {
    holds(({ decision, plan }) => {
      const own = new Set([plan.requested?.id, ...(plan.route?.document.modelIds ?? [])])
      const substitutes = new Set(
        plan.candidates.flatMap(one => one.model.document.substitutes.map(sub => sub.modelId)),
      )
      for (const { candidate } of decision.order) {
        const { model, origin } = candidate
        expect(own.has(model.id) || substitutes.has(model.id)).toBe(true)
        if (origin === 'requested') expect(model).toBe(plan.requested)
        if (origin === 'outage' || origin === 'budget') expect(own.has(model.id)).toBe(false)
      }
    })
  })

  test('equal inputs give equal decisions', () => {
    fc.assert(
      fc.property(world, given => {
        const ids = ({ decision }: Decided) => decision.order.map(({ candidate }) => candidate.model.id)
        expect(ids(decide(given))).toEqual(ids(decide(given)))
      }),
    )
  })

  test('everybody in question is explained once, with a place or with reasons, and the first place wins', () => {
    holds(({ plan, decision, tier, measure }, { pressure }) => {
      const context = {
        replica: null,
        configVersion: '1',
        tier,
        sources: [],
        operation: OPERATION,
        measure,
        refusal: null,
      }
      const { candidates, winnerId, route: reference } = explainRoute(plan, decision, context)
      expect(reference?.id ?? null).toBe(plan.route?.id ?? null)
      const inQuestion = [
        ...plan.candidates,
        ...plan.substitutes.filter(one => one.outage || pressure).map(one => one.candidate),
      ]
      expect(candidates.map(one => one.modelId).sort()).toEqual(inQuestion.map(one => one.model.id).sort())
      for (const one of candidates) {
        expect(one.position === null).toBe(one.leftOut.length > 0)
        for (const { message } of one.leftOut) expect(message.length).toBeGreaterThan(10)
      }
      expect(candidates.filter(one => one.position !== null).map(one => one.position)).toEqual(
        decision.order.map((_, at) => at + 1),
      )
      expect(winnerId).toBe(candidates.find(one => one.position === 1)?.modelId ?? null)
    })
  })

  test('without failover one is tried at most', () => {
    holds(({ plan, decision }) => {
      if (plan.route && !plan.route.document.failover) expect(decision.order.length).toBeLessThanOrEqual(1)
    })
  })

  test('under budget pressure whoever goes first costs less than who would have gone first', () => {
    holds(({ plan, decision, request, measure }, { pressure }) => {
      if (!pressure) {
        expect(decision.cheaper).toBe(0)
        return
      }
      const [usual] = orderCandidates(plan, measure, false).order
      const [first] = decision.order
      if (decision.cheaper === 0 || !first || !usual || usual.candidate.origin === 'outage') return
      const [cost, before] = [first, usual].map(one => expectedCost(request, one.candidate.model))
      expect(cost).toBeLessThan(before ?? 0)
    })
  })

  test('cheapest takes the least expected cost of those of their own right, and scores never rise down the order', () => {
    holds(({ plan, decision, request }, { pressure }) => {
      const own = decision.order.filter(one => one.score !== null)
      if (pressure || !plan.route) return
      const totals = own.map(one => one.score?.total ?? 0)
      expect(totals).toEqual([...totals].sort((a, b) => b - a))
      for (const total of totals) expect(total).toBeGreaterThanOrEqual(0)
      for (const total of totals) expect(total).toBeLessThanOrEqual(1 + 1e-9)
      if (plan.route.document.objective !== 'cheapest' || !own[0]) return
      const costs = own.map(one => expectedCost(request, one.candidate.model))
      const known = costs.filter(cost => cost !== null)
      if (known.length > 0) expect(costs[0]).toBe(Math.min(...known))
    })
  })

  test('the most specific route decides, and one that is disabled never does', () => {
    holds(({ plan }) => {
      if (!plan.route) return
      expect(plan.route.document.enabled).toBe(true)
      const rank = (record: RouteRecord) => ROUTE_SCOPES.indexOf(record.document.scope)
      for (const other of plan.otherRoutes) expect(rank(other)).toBeLessThanOrEqual(rank(plan.route))
    })
  })
})
