import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite
let provider: Server
/** How the provider answers, and how often it was asked. */
let respond: (response: ServerResponse) => void = () => undefined
let asked = 0

beforeAll(async () => {
  provider = createServer((request, response) => {
    request.resume().on('end', () => {
      asked++
      respond(response)
    })
  })
  await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve))
  suite = await startGovernedSuite()
  const { port } = provider.address() as AddressInfo
  await publishSandboxCatalog(suite.org, { url: `http://127.0.0.1:${port}`, prefix: 'odd-' })
  await until('the models are known', async () => {
    const headers = { authorization: `Bearer ${suite.key}` }
    const answer = await fetch(`${suite.gateway.url}/v1/models/odd-sandbox-claude`, { headers })
    await answer.arrayBuffer()
    return answer.ok
  })
})
afterAll(async () => {
  await suite?.stop()
  provider.close()
})

const post = (path: string, body: unknown) => postJson(suite.gateway.url + path, suite.key, body)
const json = (body: unknown) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const stream = (events: { type: string }[]) => (response: ServerResponse) => {
  const frames = events.map(event => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(frames.join(''))
}

const ASK = { messages: [{ role: 'user', content: 'hi' }] }
const USAGE = { input_tokens: 3, output_tokens: 4 }
const UNKNOWN = { type: 'hologram', id: 'h', data: 'AAAA' }
const BEGUN = [
  { type: 'message_start', message: { id: 'msg_1', model: 'm', usage: USAGE } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Look: ' } },
  { type: 'content_block_stop', index: 0 },
]

describe('an answer with content that the client’s dialect has no place for', () => {
  test('is an error that names it, asked for once and charged', async () => {
    respond = json({ id: 'msg_1', content: [{ type: 'text', text: 'Look:' }, UNKNOWN], usage: USAGE })
    asked = 0
    const answer = await post('/v1/chat/completions', { model: 'odd-sandbox-claude', ...ASK })
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({
      error: { code: 'untranslatable_answer', message: expect.stringContaining('hologram') },
    })
    expect(asked).toBe(1)
    expect(await eventOf(answer)).toMatchObject({ usageState: 'measured', costState: 'priced', outputTokens: 4 })
  })

  test.each(['/v1/chat/completions', '/v1/responses'])('ends a stream of %s in an error', async path => {
    respond = stream([
      ...BEGUN,
      { type: 'a_future_event' },
      { type: 'content_block_start', index: 1, content_block: UNKNOWN } as never,
      { type: 'message_stop' },
    ])
    const body = path === '/v1/responses' ? { input: 'hi' } : ASK
    const answer = await post(path, { model: 'odd-sandbox-claude', stream: true, ...body })
    const text = await answer.text()
    expect(text).toContain('Look: ')
    expect(text).toContain('untranslatable_answer')
    expect(text).not.toMatch(/\[DONE\]|response\.completed/)
    const event = await eventOf(answer)
    expect(event).toMatchObject({ outcome: 'incomplete', costState: 'priced', errorCode: 'untranslatable_answer' })
    expect(event.detail).toMatchObject({ translated: expect.stringMatching(/ to messages/) })
  })

  test('passes through as it is to a client of the model’s own dialect', async () => {
    respond = json({ id: 'msg_1', content: [UNKNOWN], usage: USAGE })
    const answer = await post('/v1/messages', { model: 'odd-sandbox-claude', max_tokens: 5, ...ASK })
    expect(await answer.json()).toMatchObject({ content: [UNKNOWN] })
  })
})

test('a response that fails in its stream is no success, and is told in the provider’s words', async () => {
  const failed = { id: 'r', status: 'failed', error: { code: 'server_error', message: 'Out of tea.' } }
  respond = stream([
    { type: 'response.created', sequence_number: 0, response: { id: 'r' } },
    { type: 'response.failed', sequence_number: 1, response: failed },
  ] as never)
  const answer = await post('/v1/responses', { model: 'odd-sandbox-gpt', stream: true, input: 'hi', store: false })
  expect(await answer.text()).toContain('Out of tea.')
  expect(await eventOf(answer)).toMatchObject({ outcome: 'upstream_error', errorCode: 'server_error' })
})

test('a message without its last event is completed when it had said why it ended, and told as cut when not', async () => {
  const openai = new OpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1`, maxRetries: 0 })
  const request = { model: 'odd-sandbox-claude', messages: [{ role: 'user' as const, content: 'hi' }] }
  respond = stream([...BEGUN, { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: USAGE } as never])
  const final = await openai.chat.completions.stream(request).finalChatCompletion()
  expect(final.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Look: ' } })
  respond = stream(BEGUN)
  await expect(openai.chat.completions.stream(request).finalChatCompletion()).rejects.toThrow()
})
