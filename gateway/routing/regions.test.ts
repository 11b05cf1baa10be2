import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { startGateway, until, untilVersion } from '#test/gateway.ts'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite
let tierId: string

const tier = (regions: string[]) => ({
  name: 'Internal',
  rank: 1,
  contentLogging: 'full' as const,
  cacheable: true,
  regions,
  providerIds: [],
})
const INTERNAL = { 'x-gatehouse-data-class': 'Internal' }

beforeAll(async () => {
  suite = await startRoutingSuite()
  tierId = newId()
  await suite.publish('tier', newId(), { ...tier([]), name: 'Public', rank: 0 })
  await suite.publish('tier', tierId, tier(['eu']))
})
afterAll(() => suite?.stop())

const messageOf = async (answer: Response) =>
  ((await answer.json()) as { error: { message: string; code: string } }).error

test('a request is refused where its tier may not go, with the tier, the region and the way out', async () => {
  const open = await suite.chat('b-sandbox-gpt')
  expect(open.status).toBe(200)
  const refused = await suite.chat('b-sandbox-gpt', {}, INTERNAL)
  expect(refused.status).toBe(403)
  const { code, message } = await messageOf(refused)
  expect(code).toBe('tier_not_allowed')
  expect(message).toBe(
    'This request is classified Internal, and that tier stays in eu, while b-Sandbox is in us. Use a model of a provider in eu that is approved for Internal, or remove the data.',
  )
  const explained = await suite.explain({ model: 'b-sandbox-gpt', tier: 'Internal' })
  expect(explained.refusal?.message).toBe(message)
  expect(explained.candidates[0]?.leftOut).toMatchObject([{ code: 'tier_region' }])
  const event = await eventOf(refused)
  expect(event).toMatchObject({ outcome: 'refused', costState: 'none', dataClass: 'Internal' })
})

test('it goes to a candidate in the region instead, however much better another one is', async () => {
  const eu = suite.catalog.models['sandbox-gpt'] as string
  const us = suite.other.catalog.models['sandbox-gpt'] as string
  const id = await suite.route({ modelIds: [us, eu] })
  expect((await suite.chat('b-sandbox-gpt')).headers.get('x-gatehouse-model')).toBe('b-sandbox-gpt')
  const answer = await suite.chat('b-sandbox-gpt', {}, INTERNAL)
  expect(answer.headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
  const { candidates } = await suite.explain({ model: 'b-sandbox-gpt', tier: 'Internal' })
  expect(candidates.map(one => [one.modelId, one.region, one.position, one.leftOut.map(({ code }) => code)])).toEqual([
    [eu, 'eu', 1, []],
    [us, 'us', null, ['tier_region']],
  ])
  await suite.fault(suite.sandbox, 'status=500')
  // Failing is no leave to go elsewhere.
  const failed = await suite.chat('b-sandbox-gpt', {}, INTERNAL)
  expect(failed.status).toBe(500)
  expect(failed.headers.get('x-gatehouse-provider')).toBe('Sandbox')
  await suite.healFaults()
  await suite.withdraw('route', id)
})

test('a model that may run elsewhere too, or that says nowhere, is not within a region', async () => {
  const id = suite.catalog.models['sandbox-gpt-mini'] as string
  await suite.changeModel(id, { regions: ['eu', 'ap'] })
  const refused = await suite.chat('sandbox-gpt-mini', {}, INTERNAL)
  expect((await messageOf(refused)).message).toContain('Sandbox is in eu and ap')
  await suite.changeModel(id, { regions: ['eu'] })
  expect((await suite.chat('sandbox-gpt-mini', {}, INTERNAL)).status).toBe(200)
})

test('with nowhere to go it is a 403 that counts who was considered', async () => {
  await suite.publish('tier', tierId, tier(['mars']))
  const id = await suite.route({ modelIds: [suite.other.catalog.models['sandbox-gpt'] as string] })
  const refused = await suite.chat('sandbox-gpt', {}, INTERNAL)
  expect(refused.status).toBe(403)
  expect((await messageOf(refused)).message).toMatch(
    /classified Internal, and that tier stays in mars, while Sandbox is in eu\..*1 other candidate.*provider in mars/,
  )
  await suite.withdraw('route', id)
  await suite.publish('tier', tierId, tier(['eu']))
})

test('a gateway elsewhere does not process it, and says where to send it', async () => {
  const gateway = await startGateway({ env: { GATEHOUSE_REGION: 'us' } })
  try {
    const { body } = await suite.gateway.admin('GET', '/status')
    await untilVersion(gateway, BigInt((body as { configVersion: string }).configVersion))
    const request = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }
    const url = `${gateway.url}/v1/chat/completions`
    expect((await postJson(url, suite.key, request)).status).toBe(200)
    const refused = await until('the tier is known', async () => {
      const answer = await postJson(url, suite.key, request, INTERNAL)
      return answer.status === 403 && answer
    })
    expect(await messageOf(refused)).toMatchObject({
      code: 'tier_not_allowed',
      message:
        'This request is classified Internal, which stays in eu, while this gateway is in us. Send it to a gateway in eu.',
    })
  } finally {
    await gateway.stop()
  }
})
