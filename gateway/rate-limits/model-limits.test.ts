import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
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
