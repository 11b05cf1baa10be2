import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { PIPELINE } from './pipeline/pipeline.ts'

let suite: GovernedSuite

beforeAll(async () => {
  const breaker = pathToFileURL(path.resolve(import.meta.dirname, '../test/broken-stages.ts'))
  suite = await startGovernedSuite({ NODE_OPTIONS: `--import=${breaker}` })
})
afterAll(() => suite?.stop())

const ASK = { messages: [{ role: 'user', content: 'Say hello' }], max_tokens: 50 }
const WIRES = [
  ['/v1/chat/completions', { model: 'sandbox-gpt', ...ASK }],
  ['/v1/messages', { model: 'sandbox-claude', ...ASK }],
] as const
const CALL = PIPELINE.findIndex(stage => stage.name === 'call')
const NAMES = PIPELINE.map(stage => stage.name)

/** How many requests the provider has had. */
async function asked(): Promise<number> {
  const answer = await fetch(`${suite.sandbox.url}/control/stats`)
  return ((await answer.json()) as { requests: number }).requests
}

describe.each(PIPELINE.map((stage, index) => [stage.name, index] as const))('a failure in %s', (name, index) => {
  test.each(['at once', 'later'])('refuses the request, in its dialect (%s)', async how => {
    for (const [at, body] of WIRES) {
      const before = await asked()
      const answer = await suite.post(at, body, { 'x-break-stage': name, 'x-break-how': how })
      expect(answer.status).toBe(500)
      const told = await answer.text()
      expect(JSON.parse(told)).toMatchObject({
        ...(at === '/v1/messages' && { type: 'error' }),
        error: { type: 'api_error', code: 'gateway_error', gatehouse: { request_id: expect.any(String) } },
      })
      expect(told).not.toContain('broken')
      expect((await asked()) - before).toBe(index <= CALL ? 0 : 1)
    }
  })

  test('ends a stream in an error, never cleanly', async () => {
    for (const [at, body] of WIRES) {
      const answer = await suite.post(at, { ...body, stream: true }, { 'x-break-stage': name })
      const text = await answer.text()
      expect(text).toContain('gateway_error')
      expect(text).not.toMatch(/\[DONE\]|message_stop/)
      expect(answer.status).toBe(index <= CALL ? 500 : 200)
    }
  })
})

describe('evidence of a failure', () => {
  test.each(NAMES.slice(1, CALL + 1))('in %s says so, and that nothing was used', async name => {
    const answer = await suite.post(WIRES[0][0], WIRES[0][1], { 'x-break-stage': name })
    await answer.arrayBuffer()
    expect(await eventOf(answer)).toMatchObject({
      outcome: 'gateway_error',
      errorCode: 'gateway_error',
      usageState: 'none',
      costNanoUsd: null,
    })
  })

  test.each([false, true])('after the call carries what the provider charges (streamed: %s)', async stream => {
    const answer = await suite.post(WIRES[0][0], { ...WIRES[0][1], stream }, { 'x-break-stage': 'inspect_output' })
    await answer.arrayBuffer()
    const event = await eventOf(answer)
    expect(event).toMatchObject({ outcome: 'gateway_error', usageState: 'measured', costState: 'priced' })
    expect(event.costNanoUsd).toBeGreaterThan(0n)
  })
})

test('afterwards it serves as before, and nothing is left in flight', async () => {
  const answer = await suite.post(WIRES[0][0], WIRES[0][1])
  expect(answer.status).toBe(200)
  await answer.arrayBuffer()
  expect(await eventOf(answer)).toMatchObject({ outcome: 'ok' })
  await until('nothing is in flight', async () => {
    const { body } = await suite.gateway.admin('GET', '/status')
    return (body as { stats: { inFlight: number } }).stats.inFlight === 0
  })
})
