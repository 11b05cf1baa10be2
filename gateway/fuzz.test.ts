import { afterAll, beforeAll, expect, test } from 'vitest'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { runFuzz } from '#test/fuzz/run-fuzz.ts'
import { until } from '#test/gateway.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite({ GATEWAY_MAX_BODY_BYTES: '262144', GATEWAY_STALL_TIMEOUT_MS: '2000' })
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  await suite.gateway.admin('POST', '/sync')
})
afterAll(() => suite?.stop())

test('three thousand malformed requests over every route: no crash, no 500, and nothing left in flight', async () => {
  const models = {
    chat: 'sandbox-gpt',
    messages: 'sandbox-claude',
    embeddings: 'sandbox-embed',
    moderations: 'sandbox-moderation',
  }
  const options = { url: suite.gateway.url, key: suite.key, models, requests: 3_000, seed: 20_261_121, connections: 16 }
  const report = await runFuzz(options)
  expect(report.defects).toEqual([])
  expect(report.statuses.get(200)).toBeGreaterThan(100)
  expect(report.statuses.get(400)).toBeGreaterThan(500)
  await until('nothing is in flight', async () => {
    const { body } = await suite.gateway.admin('GET', '/status')
    return (body as { stats: { inFlight: number } }).stats.inFlight === 0
  })
  expect((await suite.post('/v1/moderations', { input: 'x' })).status).toBe(200)
}, 120_000)
