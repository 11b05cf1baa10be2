import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeModel } from '#test/catalog.ts'
import { untilVersion } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withJson, withStream } from '#test/scripted-provider.ts'

let suite: GovernedSuite
let provider: ScriptedProvider

const UNPRICED = {
  input: null,
  cachedInput: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  reasoning: null,
}
/** Nano-US-dollars per million tokens, so that one token of each class leaves a digit of its own in the cost. */
const PRICES = {
  input: '1000000',
  cachedInput: '100000000',
  cacheWrite5m: '10000000000',
  cacheWrite1h: '1000000000000',
  output: '100000000000000',
  reasoning: '10000000000000000',
}

type Prices = { [K in keyof typeof PRICES]: string | null }

async function price(model: string, prices: Prices | null): Promise<void> {
  const document = { id: '01920000-0000-7000-8000-000000000001', validFrom: new Date(0).toISOString() }
  const change = { prices: prices ? [{ ...document, ...prices }] : [] }
  await untilVersion(suite.gateway, await changeModel(suite.org, provider.catalog.models[model] ?? '', change))
}

beforeAll(async () => {
  suite = await startGovernedSuite()
  provider = await startScriptedProvider(suite)
  await price('sandbox-gpt', PRICES)
  await price('sandbox-claude', PRICES)
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const GPT = 'scripted-sandbox-gpt'
const CLAUDE = 'scripted-sandbox-claude'
const ASK = { messages: [{ role: 'user', content: 'hi' }], max_tokens: 50 }
const CHAT = { path: '/v1/chat/completions', body: { model: GPT, ...ASK } }
const RESPONSES = { path: '/v1/responses', body: { model: GPT, input: 'hi', store: false } }
const MESSAGES = { path: '/v1/messages', body: { model: CLAUDE, ...ASK } }

const message = { role: 'assistant', content: 'Hello' }
const chat = (usage?: unknown) => ({ id: 'c', choices: [{ index: 0, message, finish_reason: 'stop' }], usage })
const chatStream = (usage?: unknown) => [
  { id: 'c', choices: [{ index: 0, delta: message, finish_reason: null }] },
  { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ...(usage ? [{ id: 'c', choices: [], usage }] : []),
]
const output = [{ type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }]
const response = (usage?: unknown) => ({ id: 'r', object: 'response', status: 'completed', output, usage })
const claude = (usage?: unknown) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  usage,
})
const claudeStream = (start: object, end: object) => [
  { type: 'message_start', message: { ...claude(start), content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: end },
  { type: 'message_stop' },
]

const CHAT_USAGE = {
  prompt_tokens: 9,
  completion_tokens: 8,
  total_tokens: 17,
  prompt_tokens_details: { cached_tokens: 5 },
  completion_tokens_details: { reasoning_tokens: 3 },
}
const RESPONSES_USAGE = {
  input_tokens: 9,
  output_tokens: 8,
  total_tokens: 17,
  input_tokens_details: { cached_tokens: 5 },
  output_tokens_details: { reasoning_tokens: 3 },
}
const CLAUDE_USAGE = {
  input_tokens: 4,
  cache_read_input_tokens: 5,
  cache_creation_input_tokens: 9,
  cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 7 },
  output_tokens: 8,
}
/** Of OpenAI the cached five are among the nine, of Anthropic they come on top; so do its writes. */
const OPENAI_CLASSES = {
  inputTokens: 4,
  cachedInputTokens: 5,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 5,
  reasoningTokens: 3,
  costNanoUsd: 30_500_000_504n,
}
const CLAUDE_CLASSES = {
  inputTokens: 4,
  cachedInputTokens: 5,
  cacheWrite5mTokens: 2,
  cacheWrite1hTokens: 7,
  outputTokens: 8,
  reasoningTokens: 0,
  costNanoUsd: 807_020_504n,
}

async function ask({ path, body }: typeof CHAT | typeof RESPONSES | typeof MESSAGES, more: object = {}) {
  const answer = await suite.post(path, { ...body, ...more })
  return { answer, text: await answer.text() }
}

describe('every token is of one class, and each class has its price', () => {
  test.each([
    ['chat', CHAT, withJson(chat(CHAT_USAGE)), false, OPENAI_CLASSES],
    ['chat, streamed', CHAT, withStream(chatStream(CHAT_USAGE), 'data: [DONE]\n\n'), true, OPENAI_CLASSES],
    ['responses', RESPONSES, withJson(response(RESPONSES_USAGE)), false, OPENAI_CLASSES],
    [
      'responses, streamed',
      RESPONSES,
      withStream([
        { type: 'response.created', sequence_number: 0, response: { id: 'r' } },
        { type: 'response.completed', sequence_number: 1, response: response(RESPONSES_USAGE) },
      ]),
      true,
      OPENAI_CLASSES,
    ],
    ['messages', MESSAGES, withJson(claude(CLAUDE_USAGE)), false, CLAUDE_CLASSES],
    [
      'messages, streamed, counted up to the end',
      MESSAGES,
      withStream(claudeStream({ ...CLAUDE_USAGE, output_tokens: 1 }, { output_tokens: 8 })),
      true,
      CLAUDE_CLASSES,
    ],
  ] as const)('%s', async (_, request, respond, stream, expected) => {
    provider.answers(respond)
    const { answer } = await ask(request, { stream })
    expect(answer.status).toBe(200)
    expect(await eventOf(answer)).toMatchObject({ ...expected, usageState: 'measured', costState: 'priced' })
    if (!stream) {
      expect(answer.headers.get('x-gatehouse-cost-usd')).toBe(`${Number(expected.costNanoUsd) / 1e9}`)
    }
  })

  test('an OpenAI client reads the cached tokens of a Claude model among its prompt, and is charged the same', async () => {
    provider.answers(withJson(claude(CLAUDE_USAGE)))
    const { answer, text } = await ask(CHAT, { model: CLAUDE })
    const prompt = { prompt_tokens: 18, prompt_tokens_details: { cached_tokens: 5 }, completion_tokens: 8 }
    expect(JSON.parse(text)).toMatchObject({ usage: prompt })
    expect(await eventOf(answer)).toMatchObject(CLAUDE_CLASSES)
  })

  test('an Anthropic client reads the cached tokens of a GPT model beside its input', async () => {
    provider.answers(withJson(chat(CHAT_USAGE)))
    const { answer, text } = await ask(MESSAGES, { model: GPT })
    expect(JSON.parse(text)).toMatchObject({
      usage: { input_tokens: 4, cache_read_input_tokens: 5, output_tokens: 8 },
    })
    expect(await eventOf(answer)).toMatchObject(OPENAI_CLASSES)
  })
})

describe('what is not known is not nothing', () => {
  test.each([
    ['chat', CHAT, withJson(chat())],
    ['a chat whose parts pass the whole', CHAT, withJson(chat({ prompt_tokens: 1, completion_tokens: -1 }))],
    ['responses', RESPONSES, withJson(response())],
    ['messages', MESSAGES, withJson(claude(null))],
  ] as const)('%s without a usage that can be is estimated and charged', async (_, request, respond) => {
    provider.answers(respond)
    const event = await eventOf((await ask(request)).answer)
    expect(event).toMatchObject({ outcome: 'ok', usageState: 'estimated', costState: 'priced' })
    expect(event.inputTokens).toBeGreaterThan(0)
    expect(event.outputTokens).toBeGreaterThan(0)
    expect(event.costNanoUsd).toBeGreaterThan(0n)
  })

  test('a stream without usage is estimated by what it said', async () => {
    provider.answers(withStream(chatStream(), 'data: [DONE]\n\n'))
    const event = await eventOf((await ask(CHAT, { stream: true })).answer)
    expect(event).toMatchObject({ outcome: 'ok', usageState: 'estimated', costState: 'priced' })
    expect(event.outputTokens).toBeGreaterThan(0)
  })

  test('a reported nothing stays nothing', async () => {
    provider.answers(withJson(chat({ prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 })))
    expect(await eventOf((await ask(CHAT)).answer)).toMatchObject({
      usageState: 'measured',
      inputTokens: 3,
      outputTokens: 0,
      costNanoUsd: 3n,
    })
  })

  test('an answer that cannot be translated was paid for', async () => {
    const unknown = { ...claude(CLAUDE_USAGE), content: [{ type: 'hologram', data: 'AAAA' }] }
    provider.answers(withJson(unknown))
    const { answer } = await ask(CHAT, { model: CLAUDE })
    expect(answer.status).toBe(502)
    expect(await eventOf(answer)).toMatchObject({ ...CLAUDE_CLASSES, costState: 'priced' })
  })
})

describe('a model without a price', () => {
  test.each([
    ['at all', null],
    ['for what was used', { ...UNPRICED, input: '1000000' }],
  ])('%s is unpriced, which is not free', async (_, prices) => {
    await price('sandbox-gpt-mini', prices)
    provider.answers(withJson(chat(CHAT_USAGE)))
    const { answer } = await ask(CHAT, { model: 'scripted-sandbox-gpt-mini' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-gatehouse-cost-usd')).toBeNull()
    expect(await eventOf(answer)).toMatchObject({
      usageState: 'measured',
      costState: 'unpriced',
      costNanoUsd: null,
      inputTokens: 4,
    })
  })

  test('one that is free costs nothing, which is a price', async () => {
    await price('sandbox-gpt-mini', { ...PRICES, input: '0', cachedInput: '0', output: '0', reasoning: '0' })
    provider.answers(withJson(chat(CHAT_USAGE)))
    const { answer } = await ask(CHAT, { model: 'scripted-sandbox-gpt-mini' })
    expect(await eventOf(answer)).toMatchObject({ costState: 'priced', costNanoUsd: 0n })
  })
})
