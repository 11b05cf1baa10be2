import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RequestEvent, RequestRoute } from '#core/contracts/request-event.ts'
import { databases } from '#lib/platform/database.ts'
import { until } from '#test/gateway.ts'
import { eventOf } from '#test/governed-suite.ts'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'

let suite: RoutingSuite
let a: Record<string, string>
let b: Record<string, string>

const WIRES = [
  { wire: 'chat', path: '/v1/chat/completions', model: 'sandbox-gpt', ending: 'data: [DONE]' },
  { wire: 'messages', path: '/v1/messages', model: 'sandbox-claude', ending: 'event: message_stop' },
  { wire: 'responses', path: '/v1/responses', model: 'sandbox-gpt', ending: 'event: response.completed' },
] as const
type Wire = (typeof WIRES)[number]

beforeAll(async () => {
  suite = await startRoutingSuite({
    // One call is looked at here: those before it must not have closed the way.
    GATEWAY_CIRCUIT_LEAST_CALLS: '10000',
    GATEWAY_MAX_PAUSE_MS: '0',
    GATEWAY_STALL_TIMEOUT_MS: '1000',
  })
  a = suite.catalog.models
  b = suite.other.catalog.models
  const outage = (modelId: string | undefined) => ({
    substitutes: [{ modelId: modelId as string, when: ['outage' as const] }],
  })
  await suite.changeModel(a['sandbox-gpt'] as string, outage(b['sandbox-gpt']))
  await suite.changeModel(a['sandbox-claude'] as string, outage(b['sandbox-claude']))
  await suite.changeModel(a['sandbox-reasoner'] as string, outage(b['sandbox-claude']))
})
afterAll(() => suite?.stop())
afterEach(() => suite.healFaults())

function call({ wire, path, model }: Wire, stream: boolean, more: object = {}, headers: Record<string, string> = {}) {
  const messages = [{ role: 'user', content: 'Say hello' }]
  const prompt = wire === 'responses' ? { input: 'Say hello' } : { messages, max_tokens: 200 }
  return suite.post(path, { model, stream, ...prompt, ...more }, headers)
}

async function detailOf(answer: Response) {
  const event = await eventOf(answer)
  return { event, ...(event.detail as RequestEvent['detail']) }
}

describe.each(WIRES)('$wire fails over', wire => {
  const FAULTS = ['status=500', 'status=429; retry-after=0', 'overloaded', 'cut=0', 'error-in-200', 'malformed']

  test.each(FAULTS)('%s: a stream comes whole from the substitute', async fault => {
    await suite.fault(suite.sandbox, fault)
    const answer = await call(wire, true)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-gatehouse-model')).toBe(`b-${wire.model}`)
    expect(answer.headers.get('x-gatehouse-provider')).toBe('b-Sandbox')
    expect(answer.headers.get('x-gatehouse-attempts')).toBe('2')
    const text = await answer.text()
    expect(text).toContain(wire.ending)
    expect(text).not.toContain('"gatehouse"')
    const { event, route, attempts } = await detailOf(answer)
    expect(event).toMatchObject({ outcome: 'ok', usageState: 'measured', modelId: b[wire.model] })
    expect(route).toMatchObject({ id: null, origin: 'outage', failedOverFrom: a[wire.model] })
    expect(attempts.map(attempt => attempt.modelId)).toEqual([a[wire.model], b[wire.model]])
  })

  test.each([...FAULTS, 'cut=1', 'status=401', 'status=402', 'status=404'])(
    '%s: a whole answer comes from it',
    async fault => {
      await suite.fault(suite.sandbox, fault)
      const answer = await call(wire, false)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('x-gatehouse-model')).toBe(`b-${wire.model}`)
      await answer.text()
      expect((await detailOf(answer)).event).toMatchObject({ outcome: 'ok', usageState: 'measured' })
    },
  )

  test.each(['cut=3', 'malformed=3', 'stall=3'])(
    '%s: what has reached the client is not served again, and says how it ended',
    async fault => {
      await suite.fault(suite.sandbox, fault)
      const answer = await call(wire, true)
      const text = await answer.text()
      expect(text).not.toContain(wire.ending)
      expect(text).toContain('error')
      const { event, attempts } = await detailOf(answer)
      expect(event).toMatchObject({ outcome: 'incomplete', modelId: a[wire.model] })
      expect(attempts).toHaveLength(1)
    },
  )

  test('what is wrong with the request is not put to another model', async () => {
    await suite.fault(suite.sandbox, 'status=400')
    const answer = await call(wire, false)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('x-gatehouse-attempts')).toBe('1')
  })

  test('when all fail, the last failure is told, after one more try of the last', async () => {
    await suite.fault(suite.sandbox, 'status=503')
    await suite.fault(suite.other.sandbox, 'status=500')
    const answer = await call(wire, true)
    expect(answer.status).toBe(500)
    expect(answer.headers.get('x-gatehouse-attempts')).toBe('3')
    expect(await answer.json()).toMatchObject({ error: { message: expect.any(String) } })
  })
})

describe('time', () => {
  test('a candidate that is silent for longer than the route allows is left for the next', async () => {
    const id = await suite.route({ modelIds: [a['sandbox-gpt'], b['sandbox-gpt']] as string[], attemptTimeoutMs: 200 })
    for (const stream of [true, false]) {
      await suite.fault(suite.sandbox, 'latency=3000')
      const answer = await suite.chat('sandbox-gpt', { stream })
      expect(answer.headers.get('x-gatehouse-model')).toBe('b-sandbox-gpt')
      await answer.text()
      expect((await detailOf(answer)).attempts[0]).toMatchObject({ error: 'upstream_timeout' })
      await suite.healFaults()
    }
    await suite.withdraw('route', id)
  })

  test('nothing is tried beyond the time that the caller waits', async () => {
    await suite.fault(suite.sandbox, 'latency=3000')
    const answer = await suite.chat('sandbox-gpt', {}, { 'x-stainless-timeout': '1' })
    expect(answer.status).toBe(504)
    expect((await detailOf(answer)).attempts).toHaveLength(1)
  })

  test('a client that leaves while another candidate is tried ends it there too', async () => {
    await suite.fault(suite.sandbox, 'status=500')
    await suite.fault(suite.other.sandbox, 'latency=3000')
    const id = await suite.route({ modelIds: [a['sandbox-gpt'], b['sandbox-gpt']] as string[], callableAs: 'leaver' })
    const body = JSON.stringify({ model: 'leaver', messages: [{ role: 'user', content: 'hi' }] })
    const headers = { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json' }
    const url = `${suite.gateway.url}/v1/chat/completions`
    await expect(fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(400) })).rejects.toThrow()
    await suite.withdraw('route', id)
    const where = { organizationId: suite.org.id, requestedModel: 'leaver' }
    const event = await until('the event', () => databases().system.requestEvent.findFirst({ where }))
    expect(event).toMatchObject({ outcome: 'client_aborted', status: 499, modelId: b['sandbox-gpt'] })
    expect((event.detail as RequestEvent['detail']).attempts.map(({ error }) => error)).toEqual([null, 'client_left'])
  })
})

describe('what no other model can do', () => {
  test.each([{ previous_response_id: 'resp_1' }, { conversation: 'conv_1' }, { conversation: { id: 'conv_1' } }])(
    'a response that goes on with what its provider keeps stays there: %o',
    async more => {
      await suite.fault(suite.sandbox, 'status=500')
      const answer = await call(WIRES[2], false, more)
      expect(answer.status).toBe(500)
      expect((await detailOf(answer)).attempts.every(attempt => attempt.modelId === a['sandbox-gpt'])).toBe(true)
    },
  )

  test('a request that cannot be translated is not put to a model of the other dialect', async () => {
    await suite.fault(suite.sandbox, 'status=500')
    const answer = await suite.chat('sandbox-reasoner', { n: 2 })
    expect(answer.status).toBe(500)
    expect(answer.headers.get('x-gatehouse-model')).toBe('sandbox-reasoner')
    expect(await answer.json()).toMatchObject({ error: { message: expect.any(String) } })
  })

  test('without failover the chosen one’s failure is told', async () => {
    const id = await suite.route({ modelIds: [b['sandbox-gpt'] as string], failover: false })
    await suite.fault(suite.sandbox, 'status=500')
    const answer = await suite.chat('sandbox-gpt')
    expect(answer.status).toBe(500)
    expect(answer.headers.get('x-gatehouse-attempts')).toBe('2')
    const explained = await suite.explain({ model: 'sandbox-gpt' })
    expect(explained.candidates.filter(one => one.position !== null)).toHaveLength(1)
    expect(explained.candidates[1]?.leftOut).toMatchObject([{ code: 'failover_off' }])
    await suite.withdraw('route', id)
  })
})

describe('to a model of another dialect, for real clients', () => {
  const messages = [{ role: 'user' as const, content: 'What is the weather in Berlin?' }]
  const routeIn = async (headers: Headers) => (await detailOf({ headers } as Response)).route as RequestRoute

  test.each(['status=500', 'cut=0', 'error-in-200'])('the OpenAI SDK, plain and streamed, %s', async fault => {
    const openai = new OpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1`, maxRetries: 0 })
    await suite.fault(suite.sandbox, fault)
    const request = { model: 'sandbox-reasoner', messages }
    const { data, response } = await openai.chat.completions.create(request).withResponse()
    expect(data.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: expect.stringMatching(/./) } })
    expect(response.headers.get('x-gatehouse-model')).toBe('b-sandbox-claude')
    expect(await routeIn(response.headers)).toMatchObject({ origin: 'outage', translated: 'chat to messages' })
    const streamed = await openai.chat.completions.stream(request).finalChatCompletion()
    expect(streamed.choices[0]?.message.content).toBe(data.choices[0]?.message.content)
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } }]
    const tooled = await openai.chat.completions.stream({ ...request, tools, tool_choice: 'required' }).finalMessage()
    expect(tooled.tool_calls).toHaveLength(1)
  })

  test('the Anthropic SDK, plain and streamed', async () => {
    const anthropic = new Anthropic({ apiKey: suite.key, baseURL: suite.gateway.url, maxRetries: 0 })
    const substitutes = [{ modelId: b['sandbox-gpt'] as string, when: ['outage' as const] }]
    await suite.changeModel(a['sandbox-claude'] as string, { substitutes })
    await suite.fault(suite.sandbox, 'overloaded')
    const request = { model: 'sandbox-claude', max_tokens: 200, messages }
    const { data, response } = await anthropic.messages.create(request).withResponse()
    expect(data.content[0]).toMatchObject({ type: 'text', text: expect.stringMatching(/./) })
    expect(response.headers.get('x-gatehouse-model')).toBe('b-sandbox-gpt')
    expect(await routeIn(response.headers)).toMatchObject({ translated: 'messages to chat' })
    const streamed = await anthropic.messages.stream(request).finalMessage()
    expect(streamed.content).toEqual(data.content)
    expect(streamed.stop_reason).toBe('end_turn')
  })
})

test('when the substitute fails too, the words name the model that was asked for', async () => {
  await suite.fault(suite.sandbox, 'cut=0')
  await suite.fault(suite.other.sandbox, 'cut=0')
  const answer = await call(WIRES[0], false)
  expect(answer.status).toBe(502)
  const { error } = await answer.json()
  expect(error.message).toContain('b-Sandbox')
  expect(error.message).toContain('stood in for sandbox-gpt, which failed too')
})
