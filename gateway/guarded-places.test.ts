import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listDetectors } from '#lib/detectors/queries.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { OPERATIONS, PATH_PREFIXES } from './operations.ts'

let suite: GovernedSuite
const CARD = '4111 1111 1111 1111'
const IN_FILE = `data:text/plain;base64,${Buffer.from(`card ${CARD}`).toString('base64')}`

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  const card = (await listDetectors(suite.org.admin)).find(one => one.detector === 'card')
  const actions = { Public: 'block', Internal: 'block', Restricted: 'block' }
  await updateDetector({ ctx: suite.org.admin, input: { id: card?.id, actions } })
  await suite.gateway.admin('POST', '/sync')
})
afterAll(() => suite?.stop())

type Body = Record<string, unknown>
const tool = { type: 'function', function: { name: 'pay', description: 'Pays', parameters: { type: 'object' } } }
const call = { id: 'call_1', type: 'function', function: { name: 'pay', arguments: `{"card":"${CARD}"}` } }
const user = (content: unknown) => ({ role: 'user', content })
const hello = user('hello there')

/** Places of a chat completion; the body is complete but for the model. */
const CHAT: Record<string, Body> = {
  system: { messages: [{ role: 'system', content: `Never say ${CARD}` }, hello] },
  developer: { messages: [{ role: 'developer', content: CARD }, hello] },
  message: { messages: [user(`Pay with ${CARD}`)] },
  'message part': { messages: [user([{ type: 'text', text: CARD }])] },
  'earlier answer': { messages: [hello, { role: 'assistant', content: CARD }, hello] },
  'name of a person': { messages: [{ ...hello, name: CARD }] },
  'tool description': { messages: [hello], tools: [{ ...tool, function: { ...tool.function, description: CARD } }] },
  'tool parameters': {
    messages: [hello],
    tools: [
      { ...tool, function: { ...tool.function, parameters: { type: 'object', properties: { n: { enum: [CARD] } } } } },
    ],
  },
  'tool arguments': {
    messages: [
      hello,
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: 'ok' },
    ],
  },
  'tool result': {
    messages: [
      hello,
      { role: 'assistant', content: null, tool_calls: [{ ...call, function: { name: 'pay', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'call_1', content: CARD },
    ],
  },
  'answer schema': {
    messages: [hello],
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object', description: CARD } } },
  },
  'image address': {
    messages: [
      user([{ type: 'image_url', image_url: { url: `https://shop.example/${encodeURIComponent(CARD)}.png` } }]),
    ],
  },
  'file of text': { messages: [user([{ type: 'file', file: { filename: 'a.txt', file_data: IN_FILE } }])] },
  'file name': {
    messages: [
      user([{ type: 'file', file: { filename: `${CARD}.txt`, file_data: 'data:text/plain;base64,aGVsbG8=' } }]),
    ],
  },
  metadata: { messages: [hello], metadata: { order: CARD } },
  user: { messages: [hello], user: CARD },
  'stop sequence': { messages: [hello], stop: [CARD] },
  'field that nobody knows': { messages: [hello], brand_new_field: { deep: [CARD] } },
}

const block = (text: string) => [{ type: 'text', text }]
const use = { type: 'tool_use', id: 'toolu_1', name: 'pay' }
const MESSAGES: Record<string, Body> = {
  system: { system: CARD, messages: [hello] },
  'system block': { system: block(CARD), messages: [hello] },
  message: { messages: [user(CARD)] },
  'message block': { messages: [user(block(CARD))] },
  document: {
    messages: [user([{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: CARD } }])],
  },
  'document title': {
    messages: [
      user([
        { type: 'document', title: CARD, source: { type: 'text', media_type: 'text/plain', data: 'hello there' } },
      ]),
    ],
  },
  'tool description': {
    messages: [hello],
    tools: [{ name: 'pay', description: CARD, input_schema: { type: 'object' } }],
  },
  'tool arguments': {
    messages: [
      hello,
      { role: 'assistant', content: [{ ...use, input: { card_number: 4111111111111111 } }] },
      user([{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' }]),
    ],
  },
  'tool result': {
    messages: [
      hello,
      { role: 'assistant', content: [{ ...use, input: {} }] },
      user([{ type: 'tool_result', tool_use_id: 'toolu_1', content: block(CARD) }]),
    ],
  },
  metadata: { messages: [hello], metadata: { user_id: CARD } },
  'stop sequence': { messages: [hello], stop_sequences: [CARD] },
}

const RESPONSES: Record<string, Body> = {
  input: { input: CARD },
  instructions: { input: 'hello there', instructions: CARD },
  'input item': { input: [{ role: 'user', content: [{ type: 'input_text', text: CARD }] }] },
  'file of text': {
    input: [{ role: 'user', content: [{ type: 'input_file', filename: 'a.txt', file_data: IN_FILE }] }],
  },
  'tool arguments': { input: [{ type: 'function_call', call_id: 'c', name: 'pay', arguments: `{"card":"${CARD}"}` }] },
  'tool result': { input: [{ type: 'function_call_output', call_id: 'c', output: CARD }] },
  'tool description': { input: 'hello', tools: [{ type: 'function', name: 'pay', description: CARD, parameters: {} }] },
  'answer schema': {
    input: 'hello',
    text: { format: { type: 'json_schema', name: 'x', schema: { description: CARD } } },
  },
  metadata: { input: 'hello', metadata: { order: CARD } },
  user: { input: 'hello', user: CARD },
}

const PLACES: Record<string, { model: string; bodies: Record<string, Body> }> = {
  chat: { model: 'sandbox-gpt', bodies: CHAT },
  responses: { model: 'sandbox-gpt', bodies: RESPONSES },
  completions: {
    model: 'sandbox-gpt',
    bodies: {
      prompt: { prompt: CARD },
      prompts: { prompt: ['a', CARD] },
      suffix: { prompt: 'hello', suffix: CARD },
      user: { prompt: 'hello', user: CARD },
    },
  },
  embeddings: {
    model: 'sandbox-embed',
    bodies: { input: { input: CARD }, inputs: { input: ['hello', CARD] }, user: { input: 'hello', user: CARD } },
  },
  moderations: {
    model: 'sandbox-moderation',
    bodies: { input: { input: CARD }, parts: { input: [{ type: 'text', text: CARD }] } },
  },
  messages: { model: 'sandbox-claude', bodies: MESSAGES },
  count_tokens: { model: 'sandbox-claude', bodies: MESSAGES },
}

/** What hides the number from whoever looks for it plainly. */
const DISGUISES: Record<string, string> = {
  'full-width digits': '４１１１ １１１１ １１１１ １１１１',
  'invisible characters': '4111\u200b1111\u200b1111\u200b1111',
  'special spaces': '4111\u00a01111\u20091111\u202f1111',
  'special dashes': '4111\u20111111\u20131111\u22121111',
  'mathematical digits': [...'4111111111111111'].map(digit => String.fromCodePoint(0x1d7ce + Number(digit))).join(''),
  'escapes of JSON': '\\u0034111 1111 1111 1111',
  'escapes of URLs': '4111%201111%201111%201111',
  'references of HTML': '4111&#32;1111&nbsp;1111&#x20;1111',
  Base64: Buffer.from(`my card is ${CARD}`).toString('base64'),
}

describe.each(OPERATIONS.map(operation => [operation.name, operation.path] as const))('%s', (name, path) => {
  const { model = '', bodies = {} } = PLACES[name] ?? {}

  test('has places to plant a card number in', () => {
    expect(Object.keys(bodies).length).toBeGreaterThan(1)
  })

  test.each(Object.entries(bodies))('%s', async (_, body) => {
    const more = name === 'messages' ? { max_tokens: 20 } : {}
    const answer = await suite.post(`/v1${path}`, { model, ...more, ...body })
    const text = await answer.text()
    expect([answer.status, text.includes('content_blocked'), text.includes(CARD)], text).toEqual([403, true, false])
  })

  test('under every prefix of its path', async () => {
    const [body] = Object.values(bodies)
    for (const prefix of PATH_PREFIXES) {
      const answer = await suite.post(prefix + path, { model, max_tokens: 20, ...body })
      expect([prefix, answer.status]).toEqual([prefix, 403])
    }
  })
})

test.each(Object.entries(DISGUISES))('a card number in %s is seen through', async (_, text) => {
  const answer = await suite.post('/v1/chat/completions', {
    model: 'sandbox-gpt',
    messages: [user(`pay: ${text} now`)],
  })
  expect([answer.status, (await answer.text()).includes('content_blocked')]).toEqual([403, true])
})
