import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { DRILL_HEADER, type DrillInstruction, signDrill } from '#core/routing/drill.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { until } from '#test/gateway.ts'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

const CHAT = '/v1/chat/completions'
const BODY = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'ready?' }] }

let suite: RoutingSuite
let drillKey: { id: string; key: string }

beforeAll(async () => {
  suite = await startRoutingSuite({ GATEWAY_CIRCUIT_LEAST_CALLS: '4', GATEWAY_CIRCUIT_OPEN_MS: '300' })
  const modelId = suite.other.catalog.models['sandbox-claude'] as string
  await suite.changeModel(suite.catalog.models['sandbox-gpt'] as string, {
    substitutes: [{ modelId, when: ['outage'] }],
  })
  drillKey = await suite.issue()
  await until('the key is known', async () => {
    const headers = { authorization: `Bearer ${drillKey.key}` }
    return (await fetch(`${suite.gateway.url}/v1/models`, { headers })).ok
  })
})
afterAll(() => suite?.stop())

function instruction(change: Partial<DrillInstruction> = {}): string {
  const now = Date.now()
  return signDrill(secretKey('failover-drill'), {
    drillId: newId(),
    organizationId: suite.org.id,
    keyId: drillKey.id,
    modelId: suite.catalog.models['sandbox-gpt'] as string,
    fault: 'unreachable',
    from: now,
    until: now + 60_000,
    expiresAt: now + 120_000,
    ...change,
  })
}

const ask = (value: string, body: object = BODY, key = drillKey.key) =>
  postJson(suite.gateway.url + CHAT, key, body, { [DRILL_HEADER]: value })
const circuits = async () => {
  const { body } = await suite.gateway.admin('GET', `/deployments?organization=${suite.org.id}`)
  return (body as { data: { circuit: string; failures: number }[] }).data
}

test('a drill’s requests meet the outage until it ends, fail over, and come back; nobody else’s do', async () => {
  const drillId = newId()
  const from = Date.now()
  const drill = instruction({ drillId, from, until: from + 1_500 })
  const served: (string | null)[] = []
  await until('it is back', async () => {
    const answer = await ask(drill)
    expect(answer.status).toBe(200)
    served.push(answer.headers.get('x-gatehouse-model'))
    const other = await suite.post(CHAT, BODY)
    expect(other.headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
    return served.at(-1) === 'sandbox-gpt'
  })
  expect(Date.now()).toBeGreaterThanOrEqual(from + 1_500)
  expect(served[0]).toBe('b-sandbox-claude')
  expect(served.filter(model => model === 'b-sandbox-claude').length).toBeGreaterThan(4)
  for (const one of await circuits()) expect(one).toMatchObject({ circuit: 'closed', failures: 0 })
})

test('its events name it', async () => {
  const drillId = newId()
  const answer = await ask(instruction({ drillId }))
  const detail = (await eventOf(answer)).detail as RequestEvent['detail']
  expect(detail).toMatchObject({ drillId, route: { origin: 'outage' } })
  expect(detail.attempts[0]).toMatchObject({ error: 'upstream_unreachable' })
})

test.each(['unreachable', 'error', 'timeout'] as const)('%s: also when nobody can take over', async fault => {
  const modelId = suite.catalog.models['sandbox-reasoner'] as string
  const body = { ...BODY, model: 'sandbox-reasoner' }
  const answer = await postJson(suite.gateway.url + CHAT, drillKey.key, body, {
    [DRILL_HEADER]: instruction({ modelId, fault }),
    'x-stainless-timeout': '1',
  })
  expect(answer.status).toBe({ unreachable: 502, error: 503, timeout: 504 }[fault])
  expect(await answer.json()).toMatchObject({ error: { message: expect.stringMatching(/drill/) } })
  const plain = await suite.post(CHAT, body)
  expect(plain.status).toBe(200)
})

test('nobody can make an instruction, or use one that is not theirs or is over', async () => {
  const valid = instruction()
  const [text = '', mac = ''] = valid.split('.')
  const refused = [
    'yes',
    `${text}.`,
    `${Buffer.from(JSON.stringify({ drillId: newId() })).toString('base64url')}.${mac}`,
    instruction({ keyId: newId() }),
    instruction({ organizationId: newId() }),
    instruction({ expiresAt: Date.now() - 1 }),
  ]
  for (const value of refused) {
    const answer = await ask(value)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_drill' } })
  }
  expect((await ask(valid, BODY, suite.key)).status).toBe(403)
  expect((await ask(valid)).status).toBe(200)
})
