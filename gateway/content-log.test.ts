import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { turnCacheOn } from '#test/cached-calls.ts'
import { type ContentSuite, contentKept, contentRow, startContentSuite, uniqueWords } from '#test/content-suite.ts'
import { startGateway } from '#test/gateway.ts'
import { eventOf } from '#test/governed-suite.ts'
import { OPERATIONS } from './operations.ts'

let suite: ContentSuite

beforeAll(async () => {
  suite = await startContentSuite()
})

afterAll(() => suite?.stop())

/** A request of each operation that says a text; a new operation without one here fails the test below. */
const REQUESTS: Record<string, (text: string, stream: boolean) => Record<string, unknown>> = {
  chat: (text, stream) => ({ model: 'sandbox-gpt', stream, messages: [{ role: 'user', content: `Repeat: ${text}` }] }),
  responses: (text, stream) => ({ model: 'sandbox-gpt', stream, input: `Repeat: ${text}` }),
  messages: (text, stream) => ({
    model: 'sandbox-claude',
    stream,
    max_tokens: 200,
    messages: [{ role: 'user', content: `Repeat: ${text}` }],
  }),
  embeddings: text => ({ model: 'sandbox-embed', input: [text] }),
  completions: (text, stream) => ({ model: 'sandbox-gpt', stream, prompt: `Repeat: ${text}` }),
  moderations: text => ({ model: 'sandbox-moderation', input: text }),
  count_tokens: text => ({ model: 'sandbox-claude', messages: [{ role: 'user', content: text }] }),
}

const CASES = OPERATIONS.flatMap(({ name, path: at, streams }) =>
  (streams ? [false, true] : [false]).flatMap(stream =>
    (['Public', 'Internal', 'Confidential'] as const).map(tier => ({ name, at, stream, tier })),
  ),
)

/** The text in a stream as its client puts it together, whatever the dialect. */
function streamedText(stream: string): string {
  let text = ''
  for (const [, data = ''] of stream.matchAll(/^data: (\{.*)$/gm)) {
    const event = JSON.parse(data)
    text += event.choices?.[0]?.delta?.content ?? event.choices?.[0]?.text ?? ''
    if (event.type === 'content_block_delta') text += event.delta.text
    if (event.type === 'response.output_text.delta') text += event.delta
  }
  return text
}

describe('what a tier says is kept', () => {
  test.each(CASES)('$name, stream $stream, $tier', async ({ name, at, stream, tier }) => {
    const said = uniqueWords()
    const { status, text, id } = await suite.ask(at, REQUESTS[name]?.(said, stream), tier)
    expect([status, text.length > 0]).toEqual([200, true])
    if (tier === 'Confidential') {
      expect(await contentKept(id)).toBe('metadata')
      expect(await contentRow(id)).toBeNull()
      await expect(suite.read(id)).rejects.toMatchObject({ kind: 'not_found' })
      return
    }
    expect(await contentKept(id)).toBe(tier === 'Public' ? 'full' : 'restricted')
    const content = await suite.read(id)
    expect(content).toMatchObject({ tier, logging: tier === 'Public' ? 'full' : 'restricted' })
    expect(JSON.stringify(content.conversation)).toContain(said)
    expect(content.request).toEqual({ text: JSON.stringify(REQUESTS[name]?.(said, stream)), truncated: false })
    if (name === 'embeddings') expect(content.response).toBeNull()
    else if (stream) {
      expect(content.response).toMatchObject({ form: 'stream', truncated: false })
      expect(content.answers).toEqual([[{ type: 'text', text: streamedText(text) }]])
    } else expect(content.response).toEqual({ form: 'body', truncated: false, text })
    const sealed = Buffer.from((await contentRow(id))?.sealed ?? '')
    expect([sealed.length > 0, sealed.includes(said)]).toEqual([true, false])
  })

  test.each([
    ['chat', '/chat/completions', { model: 'sandbox-claude' }],
    ['messages', '/messages', { model: 'sandbox-gpt' }],
    ['responses', '/responses', { model: 'sandbox-claude' }],
  ])('%s to a model that is translated, plain and streamed', async (name, at, model) => {
    for (const stream of [false, true]) {
      const said = uniqueWords()
      const { status, text, id } = await suite.ask(at, { ...REQUESTS[name]?.(said, stream), ...model }, 'Public')
      expect(status).toBe(200)
      await eventOf(id)
      const { answers, conversation, response } = await suite.read(id)
      const answer = answers?.[0]
      expect(JSON.stringify(conversation)).toContain(said)
      if (stream) expect(answer).toEqual([{ type: 'text', text: streamedText(text) }])
      else expect(response?.text).toBe(text)
    }
  })

  test.each([false, true])('calls of tools, stream %s', async stream => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    const tools = [{ type: 'function', function: { name: 'weather', parameters } }]
    const chat = { ...REQUESTS.chat?.('the weather', stream), tools, tool_choice: 'required' }
    const messages = {
      ...REQUESTS.messages?.('the weather', stream),
      tools: [{ name: 'weather', input_schema: parameters }],
      tool_choice: { type: 'any' },
    }
    const responses = {
      ...REQUESTS.responses?.('the weather', stream),
      tools: [{ type: 'function', name: 'weather', parameters, strict: false }],
      tool_choice: 'required',
    }
    const bodies = { '/chat/completions': chat, '/messages': messages, '/responses': responses }
    for (const [at, body] of Object.entries(bodies)) {
      const { id, status } = await suite.ask(at, body, 'Public')
      expect(status).toBe(200)
      await eventOf(id)
      const calls = (await suite.read(id)).answers?.[0]?.filter(part => part.type === 'toolCall')
      expect(calls, at).toMatchObject([{ name: 'weather' }])
      expect(JSON.parse(calls?.[0]?.text ?? ''), at).toHaveProperty('city')
    }
  })

  test('an answer out of the cache, plain and streamed', async () => {
    await turnCacheOn(suite)
    for (const stream of [false, true]) {
      const body = REQUESTS.chat?.(uniqueWords(), stream)
      const first = await suite.ask('/chat/completions', body, 'Public')
      const second = await suite.ask('/chat/completions', body, 'Public')
      expect((await eventOf(second.id)).detail).toMatchObject({ cache: { outcome: 'hit' } })
      const [made, served] = [await suite.read(first.id), await suite.read(second.id)]
      expect([served.answers, served.response?.form]).toEqual([made.answers, stream ? 'stream' : 'body'])
      if (stream) expect(served.answers).toEqual([[{ type: 'text', text: streamedText(second.text) }]])
    }
  })

  test('beyond the limit it is cut, and marked so', async () => {
    const gateway = await startGateway({ env: { GATEWAY_CONTENT_MAX_BYTES: '1024' } })
    const said = uniqueWords()
    const long = `${said} ${'And so on. '.repeat(400)}`
    for (const stream of [false, true]) {
      const fault = { 'x-sandbox-fault': 'tokens=900' }
      const body = { ...REQUESTS.chat?.(long, stream), max_tokens: 2_000 }
      const { id, text } = await suite.ask('/chat/completions', body, 'Public', { gateway, headers: fault })
      await eventOf(id)
      const { request, response, conversation, answers } = await suite.read(id)
      const answer = answers?.[0]
      const whole = stream ? streamedText(text) : JSON.parse(text).choices[0].message.content
      expect(whole.length).toBeGreaterThan(2_000)
      expect([request.truncated, response?.truncated]).toEqual([true, true])
      expect(request.text.length).toBeLessThanOrEqual(1024)
      expect(JSON.stringify(conversation)).toContain(said)
      const begun = answer?.[0]?.text ?? ''
      expect([begun.length > 500, whole.startsWith(begun)]).toEqual([true, true])
    }
    await gateway.stop()
  })

  test('of a client that leaves, what it had received', async () => {
    const leaving = new AbortController()
    const headers = { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${suite.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...headers, 'x-gatehouse-data-class': 'Public', 'x-sandbox-fault': 'chunk-delay=50 tokens=200' },
      body: JSON.stringify(REQUESTS.chat?.('a long story', true)),
      signal: leaving.signal,
    })
    const reader = answer.body?.getReader()
    for (let frames = 0; frames < 4; frames++) await reader?.read()
    leaving.abort()
    await reader?.read().catch(() => {})
    const event = await eventOf(answer)
    expect(event.outcome).toBe('client_aborted')
    expect((await suite.read(event.id)).response).toMatchObject({ form: 'stream' })
  })
})
