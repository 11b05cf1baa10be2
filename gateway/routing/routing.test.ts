import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RequestRoute } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { until } from '#test/gateway.ts'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite
let a: Record<string, string>
let b: Record<string, string>
const routes: string[] = []

beforeAll(async () => {
  suite = await startRoutingSuite()
  a = suite.catalog.models
  b = suite.other.catalog.models
})
afterAll(() => suite?.stop())
afterEach(async () => {
  await suite.healFaults()
  for (const id of routes.splice(0)) await suite.withdraw('route', id)
})

async function route(change: Parameters<RoutingSuite['route']>[0]): Promise<string> {
  const id = await suite.route(change)
  routes.push(id)
  return id
}

const price = (input: number, output: number) => [
  {
    id: newId(),
    validFrom: new Date(0).toISOString(),
    input: String(input),
    cachedInput: null,
    cacheWrite5m: null,
    cacheWrite1h: null,
    output: String(output),
    reasoning: null,
  },
]
const served = (answer: Response) => answer.headers.get('x-gatehouse-model')
const routeIn = async (answer: Response) => ((await eventOf(answer)).detail as { route?: RequestRoute }).route

describe('without a route', () => {
  test('the requested model serves, and evidence says nothing of routing', async () => {
    const answer = await suite.chat('sandbox-gpt')
    expect(served(answer)).toBe('sandbox-gpt')
    expect(await routeIn(answer)).toBeUndefined()
    const explained = await suite.explain({ model: 'sandbox-gpt' })
    expect(explained).toMatchObject({ route: null, winnerId: a['sandbox-gpt'], refusal: null })
    expect(explained.candidates).toMatchObject([{ identifier: 'sandbox-gpt', origin: 'requested', position: 1 }])
  })

  test('what is refused is explained with the words of the refusal', async () => {
    const answer = await suite.chat('no-such-model')
    const { error } = (await answer.json()) as { error: { message: string; code: string } }
    const explained = await suite.explain({ model: 'no-such-model' })
    expect(explained.refusal).toEqual({ status: answer.status, code: error.code, message: error.message })
    expect(explained.winnerId).toBeNull()
  })
})

describe('an objective', () => {
  test('cheapest: the model that costs least serves, and the event names the route and its version', async () => {
    await suite.changeModel(b['sandbox-gpt'] as string, { prices: price(1_000, 1_000) })
    const id = await route({
      objective: 'cheapest',
      modelIds: [b['sandbox-gpt'] as string],
      name: 'Thrift',
      version: 7,
    })
    const answer = await suite.chat('sandbox-gpt')
    expect(answer.status).toBe(200)
    expect(served(answer)).toBe('b-sandbox-gpt')
    expect(answer.headers.get('x-gatehouse-provider')).toBe('b-Sandbox')
    expect(await routeIn(answer)).toEqual({
      id,
      name: 'Thrift',
      version: 7,
      origin: 'route',
      candidates: 2,
      failedOverFrom: null,
      translated: null,
    })
    const explained = await suite.explain({ model: 'sandbox-gpt' })
    expect(explained.route).toMatchObject({ id, version: 7, objective: 'cheapest' })
    expect(explained.winnerId).toBe(b['sandbox-gpt'])
    const [first, second] = explained.candidates
    expect(first?.parts.find(part => part.factor === 'cost')).toMatchObject({ value: 1, weight: 1 })
    expect(second?.score).toBeLessThan(first?.score ?? 0)
  })

  test('fastest: traffic moves to the provider that answers sooner, and back when that one turns slow', async () => {
    await route({ objective: 'fastest', modelIds: [b['sandbox-reasoner'] as string] })
    const serving = async () => served(await suite.chat('sandbox-reasoner'))
    await suite.fault(suite.sandbox, 'latency=150')
    await until('the slow one is left', async () => (await serving()) === 'b-sandbox-reasoner')
    for (let i = 0; i < 5; i++) expect(await serving()).toBe('b-sandbox-reasoner')
    await suite.healFaults()
    await suite.fault(suite.other.sandbox, 'latency=400')
    await until('the other one is left in turn', async () => (await serving()) === 'sandbox-reasoner')
    const explained = await suite.explain({ model: 'sandbox-reasoner' })
    expect(explained.winnerId).toBe(a['sandbox-reasoner'])
    expect(explained.candidates.every(({ latencyMs }) => latencyMs !== null && latencyMs > 0)).toBe(true)
  })

  test('balanced: the weights decide, here the order of preference', async () => {
    await route({ modelIds: [b['sandbox-gpt'] as string, a['sandbox-gpt'] as string] })
    expect(served(await suite.chat('sandbox-gpt'))).toBe('b-sandbox-gpt')
  })
})

describe('which route decides', () => {
  test('workload before team before organization, and among equals the one for named models', async () => {
    const to = (name: string) => ({ modelIds: [a[name] as string, b['sandbox-gpt'] as string] })
    const names = ['b-sandbox-gpt']
    await route({ ...to('sandbox-gpt-mini'), name: 'all' })
    await route({ ...to('sandbox-reasoner'), requestedNames: names, name: 'named' })
    expect(served(await suite.chat('b-sandbox-gpt'))).toBe('sandbox-reasoner')
    await route({ ...to('sandbox-gpt'), scope: 'team', target: suite.org.teamId, name: 'team' })
    expect(served(await suite.chat('b-sandbox-gpt'))).toBe('sandbox-gpt')
    await route({ ...to('sandbox-gpt-mini'), scope: 'workload', target: 'claims', name: 'workload' })
    const answer = await suite.chat('b-sandbox-gpt', {}, { 'x-gatehouse-workload': 'claims' })
    expect(served(answer)).toBe('sandbox-gpt-mini')
    const explained = await suite.explain({ model: 'b-sandbox-gpt', teamId: suite.org.teamId, workload: 'claims' })
    expect(explained.route?.name).toBe('workload')
    expect(explained.otherRoutes.map(other => other.name)).toEqual(['team', 'named', 'all'])
    const elsewhere = await suite.explain({ model: 'b-sandbox-gpt', teamId: newId() })
    expect(elsewhere.route?.name).toBe('named')
  })

  test('a disabled one decides nothing', async () => {
    await route({ enabled: false, modelIds: [b['sandbox-gpt'] as string, a['sandbox-gpt'] as string] })
    expect(served(await suite.chat('sandbox-gpt'))).toBe('sandbox-gpt')
  })

  test('one can be called by a name of its own, which GET /v1/models lists', async () => {
    await route({ callableAs: 'smart', modelIds: [b['sandbox-claude'] as string], name: 'Smart' })
    const answer = await suite.chat('smart')
    expect(answer.status).toBe(200)
    expect(served(answer)).toBe('b-sandbox-claude')
    expect((await routeIn(answer))?.translated).toMatch(/^chat to messages/)
    const headers = { authorization: `Bearer ${suite.key}` }
    const list = (await (await fetch(`${suite.gateway.url}/v1/models`, { headers })).json()) as {
      data: { id: string }[]
    }
    expect(list.data.map(model => model.id)).toContain('smart')
    const one = await fetch(`${suite.gateway.url}/v1/models/smart`, { headers })
    expect(await one.json()).toMatchObject({ id: 'smart', owned_by: 'gatehouse', display_name: 'Smart' })
  })
})

describe('what a route may choose', () => {
  test('never a model outside the key’s, and no way around a name that the key may not use', async () => {
    const { key, id: keyId } = await suite.issue({ modelIds: [a['sandbox-gpt'] as string] })
    await until('the key is known', async () => {
      const headers = { authorization: `Bearer ${key}` }
      return (await fetch(`${suite.gateway.url}/v1/models`, { headers })).ok
    })
    await route({ modelIds: [b['sandbox-gpt'] as string, a['sandbox-gpt'] as string] })
    const ask = (model: string) =>
      postJson(`${suite.gateway.url}/v1/chat/completions`, key, { model, messages: [{ role: 'user', content: 'hi' }] })
    expect(served(await ask('sandbox-gpt'))).toBe('sandbox-gpt')
    const forbidden = await ask('sandbox-reasoner')
    expect(forbidden.status).toBe(403)
    expect(await forbidden.json()).toMatchObject({ error: { code: 'model_not_allowed' } })
    const explained = await suite.explain({ model: 'sandbox-gpt', keyId })
    expect(explained.candidates.find(one => one.modelId === b['sandbox-gpt'])?.leftOut).toMatchObject([
      { code: 'key_models' },
    ])
  })

  test('its constraints leave out by region, provider, tier and price, and say so', async () => {
    const constraints = { regions: [], providerIds: [], tiers: [], mostInputNanoUsd: null, mostOutputNanoUsd: null }
    const reasons = async (change: object) => {
      const id = await route({ modelIds: [b['sandbox-gpt'] as string], constraints: { ...constraints, ...change } })
      const explained = await suite.explain({ model: 'sandbox-gpt' })
      await suite.withdraw('route', id)
      return Object.fromEntries(explained.candidates.map(one => [one.identifier, one.leftOut.map(({ code }) => code)]))
    }
    expect(await reasons({ regions: ['us'] })).toEqual({ 'b-sandbox-gpt': [], 'sandbox-gpt': ['route_region'] })
    expect(await reasons({ providerIds: [suite.catalog.providerId] })).toEqual({
      'b-sandbox-gpt': ['route_provider'],
      'sandbox-gpt': [],
    })
    expect(await reasons({ mostOutputNanoUsd: '5000' })).toEqual({
      'b-sandbox-gpt': [],
      'sandbox-gpt': ['route_price'],
    })
    expect(await reasons({ tiers: ['Restricted'] })).toEqual({
      'b-sandbox-gpt': ['route_tier'],
      'sandbox-gpt': ['route_tier'],
    })
  })

  test('a route that leaves nobody is a 403 that says why', async () => {
    const none = { regions: ['mars'], providerIds: [], tiers: [], mostInputNanoUsd: null, mostOutputNanoUsd: null }
    await route({ constraints: none, name: 'Mars' })
    const answer = await suite.chat('sandbox-gpt')
    expect(answer.status).toBe(403)
    const { error } = (await answer.json()) as { error: { message: string; code: string } }
    expect(error.code).toBe('no_candidate')
    expect(error.message).toMatch(/"Mars" stays in mars, while Sandbox is in eu/)
  })

  test('a draft is explained as if it were published', async () => {
    const id = newId()
    const published = await route({ modelIds: [b['sandbox-gpt'] as string], name: 'Published' })
    await suite.withdraw('route', published)
    const base = { scope: 'organization', target: null, requestedNames: [] as string[], callableAs: null }
    const weights = { cost: 0, latency: 0, errors: 0, capability: 0, preference: 1 }
    const free = { regions: [], providerIds: [], tiers: [], mostInputNanoUsd: null, mostOutputNanoUsd: null }
    const draft = { ...base, name: 'Draft', version: 1, enabled: true, weights }
    const rest = { constraints: free, failover: true, attemptTimeoutMs: null }
    const modelIds = [b['sandbox-gpt'] as string, a['sandbox-gpt'] as string]
    const choice = { scope: 'organization', objective: 'balanced' } as const
    const document = { ...draft, ...rest, ...choice, modelIds }
    const explained = await suite.explain({ model: 'sandbox-gpt', draft: { id, document } })
    expect(explained.route).toMatchObject({ id, name: 'Draft' })
    expect(explained.winnerId).toBe(b['sandbox-gpt'])
    expect(served(await suite.chat('sandbox-gpt'))).toBe('sandbox-gpt')
  })
})
