import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite({ GATEWAY_UPSTREAM_TIMEOUT_MS: '1500', GATEWAY_STALL_TIMEOUT_MS: '1500' })
})
afterAll(() => suite?.stop())

const WIRES = [
  { wire: 'chat', path: '/v1/chat/completions', model: 'sandbox-gpt', ending: 'data: [DONE]' },
  { wire: 'messages', path: '/v1/messages', model: 'sandbox-claude', ending: 'event: message_stop' },
  { wire: 'responses', path: '/v1/responses', model: 'sandbox-gpt', ending: 'event: response.completed' },
] as const
type Wire = (typeof WIRES)[number]

/** The numbers of a response's events, which rise by one. */
function sequenceNumbers(text: string): number[] {
  const numbers = [...text.matchAll(/"sequence_number":(\d+)/g)].map(match => Number(match[1]))
  expect(numbers).toEqual(numbers.map((_, at) => at))
  return numbers
}

function call({ wire, path, model }: Wire, fault: string, stream: boolean): Promise<Response> {
  const message = { role: 'user', content: 'Say hello' }
  const prompt = wire === 'responses' ? { input: 'Say hello', store: false } : { messages: [message], max_tokens: 200 }
  return suite.post(path, { model, stream, ...prompt }, fault ? { 'x-sandbox-fault': fault } : {})
}

describe.each(WIRES)('a stream of $wire', wire => {
  test('ends in the last event of its dialect', async () => {
    const text = await (await call(wire, '', true)).text()
    expect(text).toContain(wire.ending)
    expect(text).not.toContain('"gatehouse"')
  })

  test.each(['cut=3', 'stall=3', 'malformed=3'])(
    '%s: ends in an error event, and the delivered part is charged',
    async fault => {
      const answer = await call(wire, fault, true)
      expect(answer.status).toBe(200)
      const text = await answer.text()
      expect(text).not.toContain(wire.ending)
      const last = text.trimEnd().split('\n').at(-1) ?? ''
      expect(JSON.parse(last.replace(/^data: /, ''))).toMatchObject(
        wire.wire === 'responses'
          ? { type: 'error', sequence_number: sequenceNumbers(text).length - 1 }
          : { error: { message: expect.any(String) } },
      )
      const event = await eventOf(answer)
      expect(event).toMatchObject({ outcome: 'incomplete', usageState: 'estimated', costState: 'priced' })
      expect(event.inputTokens).toBeGreaterThan(0)
      expect(event.errorCode).toMatch(/^upstream_/)
    },
  )

  test('an error in its middle is passed on as it is', async () => {
    const answer = await call(wire, 'error-in-200=3', true)
    const text = await answer.text()
    expect(text).toContain('error')
    expect(text).not.toContain(wire.ending)
    expect(await eventOf(answer)).toMatchObject({ outcome: 'upstream_error', status: 200 })
  })

  test.each(['error-in-200', 'malformed', 'cut=0'])(
    '%s at its beginning is retried, then told with an error status',
    async fault => {
      const answer = await call(wire, fault, true)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.headers.get('content-type')).toContain('application/json')
      await answer.text()
      const event = await eventOf(answer)
      expect(event.outcome).toBe('upstream_error')
      expect((event.detail as { attempts: unknown[] }).attempts).toHaveLength(2)
    },
  )
})

describe.each(WIRES)('a whole answer of $wire', wire => {
  test.each([
    ['status=500', 500, 2],
    ['status=400', 400, 1],
    ['status=429; retry-after=0', 429, 2],
    ['status=429; retry-after=30', 429, 1],
    ['cut=0', 502, 2],
    ['cut=1', 502, 2],
    ['malformed', 502, 2],
    ['stall=0', 504, 1],
    ['stall=1', 504, 1],
  ])('%s gives %i after %i attempts', async (fault, status, attempts) => {
    const answer = await call(wire, fault, false)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ error: { message: expect.any(String) } })
    const event = await eventOf(answer)
    expect(event).toMatchObject({ outcome: 'upstream_error', status, usageState: 'none', costState: 'none' })
    expect((event.detail as { attempts: unknown[] }).attempts).toHaveLength(attempts)
  })

  test('overloaded and an error inside a 200 get an error status and keep the body', async () => {
    for (const fault of ['overloaded', 'error-in-200']) {
      const answer = await call(wire, fault, false)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await answer.json()).toMatchObject({ error: expect.any(Object) })
    }
  })
})

test('a fault that passes is not seen by the client', async () => {
  const rule = { fault: 'status=503', match: { model: 'sandbox-gpt-mini' }, count: 1 }
  const set = await fetch(`${suite.sandbox.url}/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  })
  expect(set.ok).toBe(true)
  const answer = await suite.post('/v1/chat/completions', {
    model: 'sandbox-gpt-mini',
    messages: [{ role: 'user', content: 'hi' }],
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-gatehouse-attempts')).toBe('2')
})

test.each(WIRES)('a client that leaves a stream of $wire ends it upstream and is charged for what came', async wire => {
  const abort = new AbortController()
  const message = { role: 'user', content: 'Tell me about policy' }
  const prompt = wire.wire === 'responses' ? { input: message.content } : { messages: [message], max_tokens: 2000 }
  const answer = await fetch(suite.gateway.url + wire.path, {
    method: 'POST',
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${suite.key}`,
      'content-type': 'application/json',
      'x-sandbox-fault': 'chunk-delay=30 tokens=900',
    },
    body: JSON.stringify({ model: wire.model, stream: true, ...prompt }),
  })
  let characters = 0
  for await (const chunk of answer.body ?? []) {
    characters += chunk.length
    if (characters > 1500) break
  }
  abort.abort()
  const event = await eventOf(answer)
  expect(event).toMatchObject({ outcome: 'client_aborted', usageState: 'estimated', costState: 'priced' })
  expect(event.costNanoUsd).toBeGreaterThan(0n)
  expect(event.latencyMs).toBeLessThan(20_000)
})

test('a client that leaves before an answer is charged for its prompt', async () => {
  const { key, id } = await suite.issue()
  await until('the key is known', async () => {
    const models = await fetch(`${suite.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
    return models.ok
  })
  const attempt = fetch(`${suite.gateway.url}/v1/chat/completions`, {
    method: 'POST',
    signal: AbortSignal.timeout(300),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-sandbox-fault': 'latency=1400' },
    body: JSON.stringify({ model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }),
  })
  await expect(attempt).rejects.toThrow()
  const event = await until('the event', () => databases().system.requestEvent.findFirst({ where: { keyId: id } }))
  expect(event).toMatchObject({ status: 499, outcome: 'client_aborted', usageState: 'estimated' })
  expect(event.inputTokens).toBeGreaterThan(0)
})
