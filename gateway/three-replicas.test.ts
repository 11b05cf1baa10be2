import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { databases } from '#lib/platform/database.ts'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'
import { startRedis, type TestRedis } from '#test/redis.ts'
import { timeRevocation } from '#test/revocation.ts'

const TTL_MS = 2_000
const CHAT = '/v1/chat/completions'
const SLOW_STREAM = { 'x-sandbox-fault': 'chunk-delay=50;tokens=40' }

let redis: TestRedis
let suite: GovernedSuite
let gateways: [TestGateway, TestGateway, TestGateway]
let env: Record<string, string>
beforeAll(async () => {
  redis = await startRedis()
  env = { GATEWAY_REDIS_URL: redis.url, GATEWAY_BUDGET_LEASE_TTL_MS: String(TTL_MS) }
  suite = await startGovernedSuite(env)
  gateways = [suite.gateway, await startGateway({ env }), await startGateway({ env })]
})
afterAll(async () => {
  await Promise.all(gateways?.slice(1).map(gateway => gateway.stop()) ?? [])
  await suite?.stop()
  await redis?.stop()
})

const body = { model: 'sandbox-gpt', max_tokens: 20, messages: [{ role: 'user', content: 'hi' }] }

function ask(gateway: TestGateway, key: string, more: object = {}, headers: Record<string, string> = {}) {
  return postJson(gateway.url + CHAT, key, { ...body, ...more }, headers)
}

async function statusOf(gateway: TestGateway, key: string): Promise<number> {
  const answer = await ask(gateway, key)
  await answer.arrayBuffer()
  return answer.status
}

/** A key with a rate limit of its own, in force everywhere. */
async function limitedKey(limit: object): Promise<string> {
  const { id, key } = await suite.issue()
  await createRateLimit({ ctx: suite.org.admin, input: { name: 'Limit', scope: 'key', target: id, ...limit } })
  await inForce(gateways)
  return key
}

test('together they admit a limit once, and a restart of one forgets nothing', async () => {
  const limit = 60
  const key = await limitedKey({ measure: 'requests', window: 'hour', limit })
  const asked = Array.from({ length: 150 }, (_, index) => statusOf(gateways[index % 3] as TestGateway, key))
  const admitted = (await Promise.all(asked)).filter(status => status === 200).length
  process.stderr.write(`admitted ${admitted} of a limit of ${limit} over three replicas\n`)
  expect(admitted).toBeGreaterThanOrEqual(limit)
  expect(admitted).toBeLessThanOrEqual(limit + limit / 4)
  await gateways[2].kill()
  gateways[2] = await startGateway({ env: { ...env, GATEWAY_NAME: gateways[2].name } })
  await until('it has joined', async () => {
    const { status } = (await (await fetch(`${gateways[2].url}/readyz`)).json()) as { status: string }
    return status === 'ready'
  })
  const again = []
  for (let i = 0; i < 30; i++) again.push(await statusOf(gateways[2], key))
  // One that had forgotten would admit at least its third of the limit.
  expect(admitted + again.filter(status => status === 200).length).toBeLessThanOrEqual(limit + limit / 4)
})

test('a revoked key is refused by all', async () => {
  const urls = gateways.map(gateway => gateway.url)
  const times = []
  for (let i = 0; i < 3; i++) times.push(await timeRevocation(suite, urls))
  process.stderr.write(`revocation on three replicas: ${JSON.stringify(times)} ms\n`)
})

test('one drains: its streams end well, it gives all back, and the others go on', async () => {
  const workload = newId()
  const budget = { name: 'B', scope: 'workload', target: workload, window: { kind: 'month' }, limitUsd: '1' }
  const { id } = await createBudget({ ctx: suite.org.admin, input: budget })
  const leaving = await startGateway({ env })
  await inForce([...gateways, leaving])
  const answer = await ask(leaving, suite.key, { stream: true }, { ...SLOW_STREAM, 'x-gatehouse-workload': workload })
  await until(
    'a lease is held',
    async () => (await databases().system.budgetLease.count({ where: { budgetId: id } })) > 0,
  )
  const exited = leaving.stop()
  const others = Promise.all(
    Array.from({ length: 30 }, (_, index) => statusOf(gateways[index % 3] as TestGateway, suite.key)),
  )
  expect(await answer.text()).toMatch(/data: \[DONE\]\n\n$/)
  expect(await exited).toBe(0)
  expect(new Set(await others)).toEqual(new Set([200]))
  expect(await databases().system.budgetLease.count({ where: { budgetId: id } }), leaving.output()).toBe(0)
  const requestId = answer.headers.get('x-request-id') ?? ''
  expect(await databases().system.requestEvent.count({ where: { id: requestId } })).toBe(1)
})

test('one is killed: its slots and leases come back, and its events when it starts again', async () => {
  const key = await limitedKey({ measure: 'concurrency', limit: 2 })
  const name = `doomed-${newId()}`
  const doomed = await startGateway({ env: { ...env, GATEWAY_NAME: name } })
  await inForce([doomed])
  const streams = [0, 1].map(() => ask(doomed, key, { stream: true }, { 'x-sandbox-fault': 'stall=2' }))
  await Promise.all(streams)
  await until('the others know its slots', async () => (await statusOf(gateways[0], key)) === 429)
  const whole = await ask(doomed, suite.key)
  await whole.arrayBuffer()
  await doomed.kill()
  await until('the slots are free', async () => (await statusOf(gateways[1], key)) === 200)
  const again = await startGateway({ env: { ...env, GATEWAY_NAME: name } })
  expect(await eventOf(whole)).toMatchObject({ status: 200 })
  expect(await again.stop()).toBe(0)
})

test('Redis is killed and comes back: traffic goes on, and the limits hold again', async () => {
  const limit = 40
  const key = await limitedKey({ measure: 'requests', window: 'hour', limit })
  const stateOf = async (gateway: TestGateway) =>
    ((await (await fetch(`${gateway.url}/readyz`)).json()) as { status: string }).status
  const ready = async (state: string) => {
    for (const gateway of gateways) await until(`it is ${state}`, async () => (await stateOf(gateway)) === state)
  }
  for (let i = 0; i < 20; i++) expect(await statusOf(gateways[0], key)).toBe(200)
  await redis.kill()
  await ready('degraded')
  expect(await (await fetch(`${gateways[1].url}/metrics`)).text()).toMatch(/redis_connected(\{[^}]*\})? 0/)
  for (const gateway of gateways) expect(await statusOf(gateway, suite.key)).toBe(200)
  for (let i = 0; i < 10; i++) expect(await statusOf(gateways[1], key)).toBe(200)
  await redis.start()
  await ready('ready')
  let admitted = 30
  for (let i = 0; i < 60; i++) if ((await statusOf(gateways[2], key)) === 200) admitted++
  expect(admitted).toBeGreaterThanOrEqual(limit)
  expect(admitted).toBeLessThanOrEqual(limit + limit / 4)
}, 60_000)
