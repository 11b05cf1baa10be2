import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDataSource } from '#lib/data-sources/create-data-source.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite

const CARD = '4111 1111 1111 1111'

const chat = (content: string) => ({ model: 'sandbox-gpt', messages: [{ role: 'user' as const, content }] })

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  await suite.gateway.admin('POST', '/sync')
})

afterAll(() => suite?.stop())

describe('tiers', () => {
  test('what is found raises the tier, and a model that is not approved for it refuses', async () => {
    const answer = await suite.post('/v1/chat/completions', chat(`Charge ${CARD}`))
    expect(answer.status).toBe(403)
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    expect(error.code).toBe('tier_not_allowed')
    expect(error.message).toMatch(/Restricted.*Payment cards/s)
    expect((await eventOf(answer)).dataClass).toBe('Restricted')
  })

  test('the caller can raise it, not lower it, and not invent one', async () => {
    const restricted = await suite.issue({ tier: 'Restricted' })
    await suite.gateway.admin('POST', '/sync')
    const ask = (key: string, tier: string) =>
      postJson(`${suite.gateway.url}/v1/chat/completions`, key, chat('hello'), { 'x-gatehouse-data-class': tier })
    expect((await ask(suite.key, 'internal')).status).toBe(200)
    expect((await ask(suite.key, 'Restricted')).status).toBe(403)
    expect((await ask(restricted.key, 'Public')).status).toBe(403)
    const unknown = await ask(suite.key, 'Ultra')
    expect(unknown.status).toBe(400)
    expect(await unknown.json()).toMatchObject({
      error: { code: 'unknown_data_class', param: 'x-gatehouse-data-class' },
    })
  })
})

describe('data sources', () => {
  const ask = (headers: Record<string, string>, key = suite.key) =>
    postJson(`${suite.gateway.url}/v1/chat/completions`, key, chat('hello'), headers)

  test('a key, a workload or a header ties a request to the tier of its data', async () => {
    const facts = { name: 'Patient files', tier: 'Restricted', workloads: ['care'] }
    const source = await createDataSource({ ctx: suite.org.admin, input: facts })
    const tied = await suite.issue({ dataSourceIds: [source.id] })
    await suite.gateway.admin('POST', '/sync')
    const answers = [
      await ask({}),
      await ask({ 'x-gatehouse-data-source': 'patient-files' }),
      await ask({ 'x-gatehouse-workload': 'care', 'x-gatehouse-data-class': 'Public' }),
      await ask({ 'x-gatehouse-data-class': 'Public' }, tied.key),
      await ask({ 'x-gatehouse-data-source': 'moon' }),
    ]
    expect(answers.map(answer => answer.status)).toEqual([200, 403, 403, 403, 400])
    const event = await eventOf(answers[3] as Response)
    expect(event).toMatchObject({ dataClass: 'Restricted', errorCode: 'tier_not_allowed' })
    expect(event.detail).toMatchObject({ dataSources: ['patient-files'] })
  })

  test('more names than are read are refused, and none of them is left out', async () => {
    await createDataSource({ ctx: suite.org.admin, input: { name: 'Price list', tier: 'Public' } })
    await suite.gateway.admin('POST', '/sync')
    const names = (count: number) => Array.from({ length: count }, () => 'price-list')
    const most = await ask({ 'x-gatehouse-data-source': names(20).join(', ') })
    expect([most.status, await most.json()]).toMatchObject([200, {}])
    const answer = await ask({ 'x-gatehouse-data-source': [...names(20), 'patient-files'].join(',') })
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { code: 'invalid_header', param: 'x-gatehouse-data-source' } },
    ])
  })

  test('its data stays in its regions', async () => {
    const facts = { name: 'Swiss ledger', tier: 'Public', regions: ['ch'] }
    await createDataSource({ ctx: suite.org.admin, input: facts })
    await suite.gateway.admin('POST', '/sync')
    const answer = await ask({ 'x-gatehouse-data-source': 'swiss-ledger' })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Swiss ledger stays in ch')])
  })
})
