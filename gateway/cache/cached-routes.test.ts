import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { readCached, turnCacheOn } from '#test/cached-calls.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite

beforeAll(async () => {
  suite = await startRoutingSuite()
  const modelId = suite.other.catalog.models['sandbox-gpt'] as string
  await suite.changeModel(suite.catalog.models['sandbox-gpt'] as string, {
    substitutes: [{ modelId, when: ['outage'] }],
  })
  await turnCacheOn(suite)
})
afterAll(() => suite?.stop())
afterEach(() => suite.healFaults())

const fresh = () => ({ messages: [{ role: 'user', content: `Say ${newId()}` }] })
const ask = async (body: object) => readCached(await suite.chat('sandbox-gpt', body))

test('the answer of a stand-in is served once, and not kept for when the outage is over', async () => {
  const body = fresh()
  await suite.fault(suite.sandbox, 'status=500')
  const meanwhile = await ask(body)
  expect([meanwhile.status, meanwhile.cache, meanwhile.headers.get('x-gatehouse-model')]).toEqual([
    200,
    'miss',
    'b-sandbox-gpt',
  ])
  await suite.healFaults()
  const after = await ask(body)
  expect([after.cache, after.headers.get('x-gatehouse-model')]).toEqual(['miss', 'sandbox-gpt'])
  const again = await ask(body)
  expect([again.cache, again.text]).toEqual(['hit', after.text])
})

test('what is kept outlives an outage', async () => {
  const body = fresh()
  const first = await ask(body)
  await suite.fault(suite.sandbox, 'status=500')
  await suite.fault(suite.other.sandbox, 'status=500')
  const kept = await ask(body)
  expect([kept.status, kept.cache, kept.text]).toEqual([200, 'hit', first.text])
})

test('another route begins anew', async () => {
  const body = fresh()
  await ask(body)
  expect((await ask(body)).cache).toBe('hit')
  const id = await suite.route({ modelIds: [suite.other.catalog.models['sandbox-gpt'] as string] })
  expect((await ask(body)).cache).toBe('miss')
  await suite.withdraw('route', id)
})
