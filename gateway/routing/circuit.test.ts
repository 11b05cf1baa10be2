import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DeploymentHealthList } from '#core/contracts/deployment-health.ts'
import { deriveKey } from '#core/secrets.ts'
import { databases } from '#lib/platform/database.ts'
import type { Sandbox } from '#sandbox/server.ts'
import { startGateway, type TestGateway, until, untilVersion } from '#test/gateway.ts'
import { postJson } from '#test/governed-suite.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

const ENV = { GATEWAY_CIRCUIT_LEAST_CALLS: '4', GATEWAY_CIRCUIT_OPEN_MS: '400', GATEWAY_MAX_PAUSE_MS: '60000' }

let suite: RoutingSuite
let second: TestGateway
let a: Record<string, string>
let b: Record<string, string>

beforeAll(async () => {
  suite = await startRoutingSuite(ENV)
  second = await startGateway({ env: ENV })
  a = suite.catalog.models
  b = suite.other.catalog.models
})
afterAll(async () => {
  await second?.stop()
  await suite?.stop()
})
afterEach(() => suite.healFaults())

const ask = (gateway: TestGateway, model: string) => {
  const body = { model, messages: [{ role: 'user', content: 'hi' }] }
  return postJson(`${gateway.url}/v1/chat/completions`, suite.key, body)
}

async function callsOf(sandbox: Sandbox): Promise<number> {
  const answer = await fetch(`${sandbox.url}/control/stats`)
  return ((await answer.json()) as { requests: number }).requests
}

async function healthOf(gateway: TestGateway, modelId: string | undefined) {
  const { body } = await gateway.admin('GET', `/deployments?organization=${suite.org.id}`)
  return DeploymentHealthList.parse(body).data.find(one => one.modelId === modelId)
}

/** Calls a model until its circuit is open. */
async function open(gateway: TestGateway, model: string, modelId: string | undefined): Promise<void> {
  await until('the circuit opens', async () => {
    await (await ask(gateway, model)).text()
    return (await healthOf(gateway, modelId))?.circuit === 'open'
  })
}

/** Calls a model until its circuit is closed. */
async function close(gateway: TestGateway, model: string, modelId: string | undefined): Promise<void> {
  await until('the circuit closes', async () => {
    await (await ask(gateway, model)).text()
    return (await healthOf(gateway, modelId))?.circuit === 'closed'
  })
}

const failoversOf = (modelId: string | undefined) =>
  databases().system.failover.findMany({ where: { modelId }, orderBy: { id: 'asc' } })

describe('a model without another one to take over', () => {
  test('is left alone once it keeps failing, the caller told when to try again, and used again once it works', async () => {
    const id = a['sandbox-gpt-mini']
    await suite.fault(suite.sandbox, 'status=500', { match: { model: 'sandbox-gpt-mini' } })
    await open(suite.gateway, 'sandbox-gpt-mini', id)
    const before = await callsOf(suite.sandbox)
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(suite.gateway, 'sandbox-gpt-mini')))
    const refused = answers.filter(answer => answer.headers.get('x-gatehouse-attempts') === null)
    expect(refused.length).toBeGreaterThanOrEqual(19)
    // At most one of them was let through to try.
    expect((await callsOf(suite.sandbox)) - before).toBeLessThanOrEqual(2)
    const [one] = refused
    expect(one?.status).toBe(503)
    expect(Number(one?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(await one?.json()).toMatchObject({
      error: {
        code: 'circuit_open',
        message: expect.stringMatching(/"sandbox-gpt-mini" at Sandbox kept failing.*Try again in \d+ s/),
      },
    })
    const explained = await suite.explain({ model: 'sandbox-gpt-mini' })
    expect(explained.refusal).toMatchObject({ status: 503, code: 'circuit_open' })
    expect(explained.candidates[0]).toMatchObject({ position: null, leftOut: [{ code: 'circuit_open' }] })
    expect(await healthOf(suite.gateway, id)).toMatchObject({ reason: 'status_500', errorRate: 1 })
    const metrics = async () => (await fetch(`${suite.gateway.url}/metrics`)).text()
    expect(await metrics()).toMatch(/circuit_state\{model="sandbox-gpt-mini",provider="Sandbox"\} [12]/)
    expect(await metrics()).toMatch(/gatehouse_gateway_retries_total [1-9]/)
    await suite.healFaults()
    await close(suite.gateway, 'sandbox-gpt-mini', id)
    expect((await ask(suite.gateway, 'sandbox-gpt-mini')).status).toBe(200)
    expect(await metrics()).toMatch(/circuit_state\{model="sandbox-gpt-mini",provider="Sandbox"\} 0/)
  })
})

describe('a model with a substitute', () => {
  test('gives way at once while its circuit is open, and two replicas make one outage of it', async () => {
    const id = a['sandbox-gpt'] as string
    const substitutes = [{ modelId: b['sandbox-gpt'] as string, when: ['outage' as const] }]
    await suite.changeModel(id, { substitutes })
    const { body } = await suite.gateway.admin('GET', '/status')
    await untilVersion(second, BigInt((body as { configVersion: string }).configVersion))
    await suite.fault(suite.sandbox, 'cut=0', { match: { model: 'sandbox-gpt' } })
    await open(suite.gateway, 'sandbox-gpt', id)
    const answer = await ask(suite.gateway, 'sandbox-gpt')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-gatehouse-model')).toBe('b-sandbox-gpt')
    expect(await (await fetch(`${suite.gateway.url}/metrics`)).text()).toMatch(
      /failovers_total\{model="sandbox-gpt",provider="Sandbox"\} [1-9]/,
    )
    await open(second, 'sandbox-gpt', id)
    await until('the outage is known', async () => (await failoversOf(id)).length > 0)
    await until('by both', async () => (await databases().system.openBreaker.count({ where: { modelId: id } })) === 2)
    expect(await failoversOf(id)).toMatchObject([{ endedAt: null }])
    await suite.healFaults()
    await close(suite.gateway, 'sandbox-gpt', id)
    await until(
      'one is done',
      async () => (await databases().system.openBreaker.count({ where: { modelId: id } })) === 1,
    )
    expect(await failoversOf(id)).toMatchObject([{ endedAt: null }])
    await close(second, 'sandbox-gpt', id)
    await until('the outage is over', async () => (await failoversOf(id))[0]?.endedAt)
    expect(await failoversOf(id)).toHaveLength(1)
    expect((await ask(suite.gateway, 'sandbox-gpt')).headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
  })
})

describe('a provider that asks for a pause', () => {
  test('gets it: nobody calls before, then it is used again', async () => {
    const id = a['sandbox-reasoner'] as string
    await suite.changeModel(id, { substitutes: [{ modelId: b['sandbox-reasoner'] as string, when: ['outage'] }] })
    await suite.fault(suite.sandbox, 'status=429; retry-after=2', { match: { model: 'sandbox-reasoner' }, count: 1 })
    const first = await ask(suite.gateway, 'sandbox-reasoner')
    expect(first.headers.get('x-gatehouse-model')).toBe('b-sandbox-reasoner')
    const health = await healthOf(suite.gateway, id)
    expect(health).toMatchObject({ circuit: 'closed', coolingUntil: expect.any(String) })
    const before = await callsOf(suite.sandbox)
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(suite.gateway, 'sandbox-reasoner')))
    for (const answer of answers) expect(answer.headers.get('x-gatehouse-model')).toBe('b-sandbox-reasoner')
    for (const answer of answers) expect(answer.headers.get('x-gatehouse-attempts')).toBe('1')
    expect(await callsOf(suite.sandbox)).toBe(before)
    await until('it is called again', async () => {
      const answer = await ask(suite.gateway, 'sandbox-reasoner')
      return answer.headers.get('x-gatehouse-model') === 'sandbox-reasoner'
    })
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(health?.coolingUntil ?? ''))
  })

  test('with nobody else, callers are told how long', async () => {
    await suite.fault(suite.other.sandbox, 'status=429; retry-after=30', { match: { model: 'sandbox-gpt-mini' } })
    const first = await ask(suite.gateway, 'b-sandbox-gpt-mini')
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '30'])
    const before = await callsOf(suite.other.sandbox)
    const next = await ask(suite.gateway, 'b-sandbox-gpt-mini')
    expect(next.status).toBe(429)
    expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(20)
    expect(await next.json()).toMatchObject({ error: { code: 'upstream_cooling' } })
    expect(await callsOf(suite.other.sandbox)).toBe(before)
  })
})

test('what the client did says nothing of a model', async () => {
  const id = b['sandbox-gpt'] as string
  const headers = { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ model: 'b-sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] })
  const fault = { 'x-sandbox-fault': 'latency=1000' }
  const options = { method: 'POST', headers: { ...headers, ...fault }, body }
  const leave = () =>
    fetch(`${suite.gateway.url}/v1/chat/completions`, { ...options, signal: AbortSignal.timeout(100) })
  await Promise.allSettled(Array.from({ length: 8 }, leave))
  const wrong = { model: 'b-sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }
  for (let i = 0; i < 8; i++) {
    const answer = await suite.post('/v1/chat/completions', wrong, { 'x-sandbox-fault': 'status=400' })
    expect(answer.status).toBe(400)
  }
  expect(await healthOf(suite.gateway, id)).toMatchObject({ circuit: 'closed' })
})

test('the admin port asks for its token', async () => {
  for (const [method, path] of [
    ['POST', '/explain'],
    ['GET', `/deployments?organization=${suite.org.id}`],
  ] as const) {
    const wrong = deriveKey('another secret of an installation', 'gateway-admin').toString('hex')
    const answer = await fetch(suite.gateway.adminUrl + path, { method, headers: { authorization: `Bearer ${wrong}` } })
    expect(answer.status).toBe(401)
  }
  expect((await suite.gateway.admin('GET', '/deployments')).status).toBe(400)
})
