import { afterAll, beforeAll, expect, test } from 'vitest'
import { archiveRateLimit } from '#lib/rate-limits/archive-rate-limit.ts'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
import { until } from '#test/gateway.ts'
import { inForce } from '#test/in-force.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite
beforeAll(async () => {
  suite = await startRoutingSuite()
})
afterAll(() => suite?.stop())

test('a model whose limit is full is left out while a route has another, and refuses where it is alone', async () => {
  const [mine, other] = [suite.catalog.models['sandbox-gpt'], suite.other.catalog.models['sandbox-gpt']]
  const limit = { name: 'Few', scope: 'model', target: mine, measure: 'requests', window: 'hour', limit: 2 }
  await createRateLimit({ ctx: suite.org.admin, input: limit })
  await createRateLimit({ ctx: suite.org.admin, input: { ...limit, name: 'Three', target: other, limit: 3 } })
  await inForce([suite.gateway])
  const serve = async (model = 'sandbox-gpt') => {
    const answer = await suite.chat(model)
    await answer.arrayBuffer()
    return answer.status === 200 ? answer.headers.get('x-gatehouse-model') : answer.status
  }
  // Nothing is counted for a model that could have served and did not.
  const id = await suite.route({ modelIds: [mine, other] as string[] })
  const served = []
  for (let i = 0; i < 6; i++) served.push(await serve())
  expect(served).toEqual(['sandbox-gpt', 'sandbox-gpt', 'b-sandbox-gpt', 'b-sandbox-gpt', 'b-sandbox-gpt', 429])
  await suite.withdraw('route', id)
  await inForce([suite.gateway])
  expect(await serve()).toBe(429)
})

const ONE = { measure: 'concurrency', limit: 1 }

const limited = async (modelId: string | undefined, limit: object) => {
  const input = { name: 'Of the substitute', scope: 'model', target: modelId, ...limit }
  const { id } = await createRateLimit({ ctx: suite.org.admin, input })
  await inForce([suite.gateway])
  return async () => {
    await archiveRateLimit({ ctx: suite.org.admin, input: { id } })
    await inForce([suite.gateway])
  }
}

const statusOf = async (model: string, change: object = {}) => {
  const answer = await suite.chat(model, change)
  await answer.arrayBuffer()
  return answer.status
}

test('a substitute is counted when it is called, and only then', async () => {
  const mini = suite.catalog.models['sandbox-gpt-mini'] as string
  const substitute = suite.other.catalog.models['sandbox-gpt-mini'] as string
  await suite.changeModel(mini, { substitutes: [{ modelId: substitute, when: ['outage'] }] })
  const lift = await limited(substitute, { measure: 'requests', window: 'hour', limit: 2 })
  for (let i = 0; i < 3; i++) expect(await statusOf('sandbox-gpt-mini')).toBe(200)
  await suite.fault(suite.sandbox, 'status=500')
  const taken = await suite.chat('sandbox-gpt-mini')
  expect(taken.headers.get('x-gatehouse-model')).toBe('b-sandbox-gpt-mini')
  expect(taken.headers.get('x-ratelimit-remaining-requests')).toBe('1')
  expect(await statusOf('b-sandbox-gpt-mini')).toBe(200)
  // Full: failing is no leave to pass its limit.
  expect(await statusOf('sandbox-gpt-mini')).toBe(500)
  expect(await statusOf('b-sandbox-gpt-mini')).toBe(429)
  await suite.healFaults()
  await lift()
})

test('an answer in progress takes no slot of a model that only might have served it', async () => {
  const mine = suite.catalog.models['sandbox-reasoner'] as string
  const substitute = suite.other.catalog.models['sandbox-reasoner'] as string
  await suite.changeModel(mine, { substitutes: [{ modelId: substitute, when: ['outage'] }] })
  const lift = [await limited(mine, ONE), await limited(substitute, ONE)]
  const slow = suite.chat('sandbox-reasoner', {}, { 'x-sandbox-fault': 'latency=3000' })
  const other = await until('the slot of the first is taken', async () => {
    const answer = await suite.chat('sandbox-reasoner')
    await answer.arrayBuffer()
    return answer.headers.get('x-gatehouse-model') !== 'sandbox-reasoner' && answer
  })
  expect([other.status, other.headers.get('x-gatehouse-model')]).toEqual([200, 'b-sandbox-reasoner'])
  expect((await slow).headers.get('x-gatehouse-model')).toBe('sandbox-reasoner')
  expect(await statusOf('sandbox-reasoner')).toBe(200)
  for (const each of lift) await each()
})
