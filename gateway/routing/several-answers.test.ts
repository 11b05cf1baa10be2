import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite
let models: Record<string, string>
beforeAll(async () => {
  suite = await startRoutingSuite()
  models = suite.catalog.models
})
afterAll(() => suite?.stop())

interface Answer {
  choices: { index: number }[]
  error?: { code: string; message: string; param: string; gatehouse: { rule: string } }
}

async function ask(model: string, change: object) {
  const answer = await suite.chat(model, { max_tokens: 50, ...change })
  const { headers, status } = answer
  const body = (await answer.json()) as Answer
  return { ...body, status, model: headers.get('x-gatehouse-model'), translated: headers.get('x-gatehouse-translated') }
}

const idOf = (name: string) => models[name] as string

test('of a route’s models those that speak the dialect serve several answers, whoever is preferred', async () => {
  const modelIds = ['sandbox-claude', 'sandbox-gpt'].map(idOf)
  const route = await suite.route({ callableAs: 'mixed', modelIds })
  const one = await ask('mixed', {})
  expect(one).toMatchObject({ status: 200, model: 'sandbox-claude', translated: 'chat to messages' })
  const several = await ask('mixed', { n: 3 })
  expect(several).toMatchObject({ status: 200, model: 'sandbox-gpt', translated: null })
  expect(several.choices.map(({ index }) => index)).toEqual([0, 1, 2])
  const stream = await suite.chat('mixed', { n: 2, stream: true })
  expect(stream.headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
  expect(await stream.text()).toMatch(/"index":1.*data: \[DONE\]/s)
  const explained = await suite.explain({ model: 'mixed', answers: 3 })
  expect(explained).toMatchObject({ winnerId: idOf('sandbox-gpt'), refusal: null })
  const [left] = explained.candidates.filter(({ identifier }) => identifier === 'sandbox-claude')
  expect(left).toMatchObject({ position: null, leftOut: [{ code: 'several_answers' }] })
  expect(left?.leftOut[0]?.message).toContain('asks for 3 answers')
  expect((await suite.explain({ model: 'mixed' })).winnerId).toBe(idOf('sandbox-claude'))
  // When the one that can fails, its failure is told, and not that the other one cannot.
  await suite.fault(suite.sandbox, 'status=500', { match: { model: 'sandbox-gpt' } })
  expect((await ask('mixed', { n: 2 })).status).toBe(500)
  await suite.healFaults()
  await suite.withdraw('route', route)
})

describe('a substitute for an outage', () => {
  const tools = [{ type: 'custom', custom: { name: 'run' } }]
  const cases = [
    { what: 'several answers', param: 'n', code: 'several_answers', change: { n: 2 }, asked: { answers: 2 } },
    { what: 'a custom tool', param: 'tools.custom', code: 'untranslatable', change: { tools }, asked: {} },
    { what: 'token biases', param: 'logit_bias', code: 'untranslatable', change: { logit_bias: { 5: 1 } }, asked: {} },
  ]
  beforeAll(async () => {
    const substitutes = [{ modelId: idOf('sandbox-gpt'), when: ['outage' as const, 'budget' as const] }]
    await suite.changeModel(idOf('sandbox-claude'), { substitutes })
  })
  afterAll(() => suite.changeModel(idOf('sandbox-claude'), { substitutes: [] }))

  test.each(cases)('is none for what its model cannot be asked: $what', async ({ param, code, change, asked }) => {
    const { status, error } = await ask('sandbox-claude', change)
    expect([status, error]).toMatchObject([400, { code: 'untranslatable', param, gatehouse: { rule: 'translation' } }])
    expect(error?.message).toContain('its substitutes are for when it cannot be reached')
    const parameters = code === 'untranslatable' ? change : {}
    const told = await suite.explain({ model: 'sandbox-claude', ...asked, parameters, budgetPressure: true })
    expect(told).toMatchObject({ winnerId: null, refusal: { status, code: error?.code, message: error?.message } })
    expect(told.candidates.map(one => [one.identifier, one.leftOut.map(reason => reason.code)])).toEqual([
      ['sandbox-claude', [code]],
      ['sandbox-gpt', ['outages_only']],
    ])
  })

  test.each(cases)('leaves $what to another model of the route, and stands in for that one', async ({ change }) => {
    const modelIds = [idOf('sandbox-claude'), suite.other.catalog.models['sandbox-gpt'] as string]
    const route = await suite.route({ callableAs: 'able', modelIds })
    expect(await ask('able', change)).toMatchObject({ status: 200, model: 'b-sandbox-gpt' })
    await suite.fault(suite.other.sandbox, 'status=500', { match: { model: 'sandbox-gpt' } })
    expect(await ask('able', change)).toMatchObject({ status: 200, model: 'sandbox-gpt' })
    await suite.healFaults()
    await suite.withdraw('route', route)
  })

  test('is none either when the model that could be asked may not see the data', async () => {
    const tier = { contentLogging: 'full' as const, cacheable: true, regions: [], providerIds: [] }
    const tiers = [newId(), newId()] as const
    await suite.publish('tier', tiers[0], { name: 'Public', rank: 0, ...tier })
    await suite.publish('tier', tiers[1], { name: 'Restricted', rank: 9, ...tier })
    for (const name of ['sandbox-claude', 'sandbox-gpt']) await suite.changeModel(idOf(name), { tiers: ['Restricted'] })
    const modelIds = [idOf('sandbox-claude'), suite.other.catalog.models['sandbox-gpt'] as string]
    const route = await suite.route({ callableAs: 'sealed', modelIds })
    const biased = (dataClass: string) =>
      suite.chat('sealed', { logit_bias: { 5: 1 } }, { 'x-gatehouse-data-class': dataClass })
    expect((await biased('Public')).headers.get('x-gatehouse-model')).toBe('b-sandbox-gpt')
    const refused = await biased('Restricted')
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { param: 'logit_bias' } }])
    await suite.withdraw('route', route)
    for (const id of tiers) await suite.withdraw('tier', id)
    for (const name of ['sandbox-claude', 'sandbox-gpt']) await suite.changeModel(idOf(name), { tiers: [] })
  })

  test('serves what its model could be asked', async () => {
    await suite.fault(suite.sandbox, 'status=500', { match: { model: 'sandbox-claude' } })
    expect(await ask('sandbox-claude', {})).toMatchObject({ status: 200, model: 'sandbox-gpt' })
    await suite.healFaults()
  })
})

test('with nobody who can, the refusal names the field, the rule and the way out, and is explained in its words', async () => {
  const { status, error } = await ask('sandbox-claude', { n: 2 })
  expect(status).toBe(400)
  expect(error).toMatchObject({ code: 'untranslatable', param: 'n', gatehouse: { rule: 'translation' } })
  expect(error?.message).toContain('asks for 2 answers')
  expect(error?.message).toContain('Send a request for each answer, without "n"')
  const { refusal } = await suite.explain({ model: 'sandbox-claude', answers: 2 })
  expect(refusal).toEqual({ status, code: error?.code, message: error?.message })
  expect((await ask('sandbox-claude', { n: 1 })).status).toBe(200)
})

test('what several answers can cost at most is explained as it is reserved', async () => {
  const cost = async (answers: number) => {
    const { candidates } = await suite.explain({ model: 'sandbox-gpt', inputTokens: 0, maxOutputTokens: 100, answers })
    return BigInt(candidates[0]?.mostCostNanoUsd ?? 0)
  }
  const one = await cost(1)
  expect(one).toBeGreaterThan(0n)
  expect(await cost(4)).toBe(4n * one)
})
