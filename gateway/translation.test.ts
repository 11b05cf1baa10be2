import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite

let openai: OpenAI

let anthropic: Anthropic

beforeAll(async () => {
  suite = await startGovernedSuite()
  openai = new OpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1`, maxRetries: 0 })
  anthropic = new Anthropic({ apiKey: suite.key, baseURL: suite.gateway.url, maxRetries: 0 })
})

afterAll(() => suite?.stop())

const SCHEMA = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] }

const ASK = [{ role: 'user' as const, content: 'What is the weather in Berlin?' }]

const PIXEL = 'iVBORw0KGgo='

const CROSSED = [
  { path: '/v1/chat/completions', model: 'sandbox-claude', ending: '[DONE]' },
  { path: '/v1/messages', model: 'sandbox-gpt', ending: 'message_stop' },
  { path: '/v1/responses', model: 'sandbox-claude', ending: 'response.completed' },
]

describe('the OpenAI SDK asks a Claude model by chat', () => {
  const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: SCHEMA } }]

  test('plain and streamed, measured in evidence', async () => {
    const messages = [{ role: 'developer' as const, content: 'Be brief.' }, ...ASK]
    const request = { model: 'sandbox-claude', messages, seed: 7 }
    const { data, response } = await openai.chat.completions.create(request).withResponse()
    expect(data.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: expect.stringMatching(/./) } })
    expect(response.headers.get('x-gatehouse-translated')).toBe('chat to messages; dropped: seed')
    const event = await eventOf(response)
    expect(event).toMatchObject({ dialect: 'chat', usageState: 'measured', costState: 'priced' })
    expect(event.outputTokens).toBe(data.usage?.completion_tokens)
    const stream = openai.chat.completions.stream({ ...request, stream_options: { include_usage: true } })
    const final = await stream.finalChatCompletion()
    expect(final.choices[0]?.message.content).toBe(data.choices[0]?.message.content)
    expect(final.usage?.completion_tokens).toBe(data.usage?.completion_tokens)
  })

  test('a forced tool, and its result', async () => {
    const request = { model: 'sandbox-claude', messages: ASK, tools, tool_choice: 'required' as const }
    const whole = await openai.chat.completions.create(request)
    const message = whole.choices[0]?.message
    const call = message?.tool_calls?.[0]
    if (call?.type !== 'function') throw new Error('no call')
    expect(JSON.parse(call.function.arguments)).toHaveProperty('city')
    const streamed = await openai.chat.completions.stream(request).finalChatCompletion()
    expect(streamed.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ id: call.id }] },
    })
    const result = { role: 'tool' as const, tool_call_id: call.id, content: 'sunny' }
    const messages = [...ASK, { role: 'assistant' as const, tool_calls: [call] }, result]
    const after = await openai.chat.completions.create({ model: 'sandbox-claude', messages, tools })
    expect(after.choices[0]?.message.content).toBeTruthy()
  })

  test('an image, and a limit that is reached', async () => {
    const image = { type: 'image_url' as const, image_url: { url: `data:image/png;base64,${PIXEL}` } }
    const content = [{ type: 'text' as const, text: 'What is this?' }, image]
    const request = {
      model: 'sandbox-claude',
      messages: [{ role: 'user' as const, content }],
      max_completion_tokens: 2,
    }
    expect((await openai.chat.completions.create(request)).choices[0]?.finish_reason).toBe('length')
  })

  test('what cannot be carried is refused by its name', async () => {
    const many = openai.chat.completions.create({ model: 'sandbox-claude', messages: ASK, n: 2 })
    await expect(many).rejects.toMatchObject({ status: 400, code: 'untranslatable', param: 'n' })
    const json = { model: 'sandbox-claude', messages: ASK, response_format: { type: 'json_object' as const } }
    await expect(openai.chat.completions.create(json)).rejects.toMatchObject({ status: 400, param: 'response_format' })
  })

  test.each([
    ['status=429; retry-after=7', 429],
    ['status=500', 500],
    ['overloaded', 503],
  ])('%s comes as an error of its kind', async (fault, status) => {
    const headers = { 'x-sandbox-fault': fault }
    const asked = openai.chat.completions.create({ model: 'sandbox-claude', messages: ASK }, { headers })
    const error = await asked.catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(OpenAI.APIError)
    expect(error).toMatchObject({ status, error: { message: expect.any(String) } })
    if (status === 429) expect((error as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('7')
  })
})

describe('the OpenAI SDK asks a Claude model by responses', () => {
  test('plain, streamed, and with a tool', async () => {
    const request = { model: 'sandbox-claude', input: 'Say hello', instructions: 'Be brief.', store: false }
    expect((await openai.responses.create(request)).output_text).toBeTruthy()
    const numbers: number[] = []
    let last = ''
    for await (const event of await openai.responses.create({ ...request, stream: true })) {
      numbers.push(event.sequence_number)
      last = event.type
    }
    expect(last).toBe('response.completed')
    expect(numbers).toEqual(numbers.map((_, index) => index))
    const tools = [{ type: 'function' as const, name: 'weather', parameters: SCHEMA, strict: false }]
    const called = await openai.responses.create({ ...request, tools, tool_choice: 'required' })
    expect(called.output.some(item => item.type === 'function_call')).toBe(true)
  })

  test('a response kept elsewhere is refused', async () => {
    const asked = openai.responses.create({ model: 'claude', input: 'And now?', previous_response_id: 'resp_1' })
    await expect(asked).rejects.toMatchObject({ status: 400, param: 'previous_response_id' })
  })
})

describe('the Anthropic SDK asks a GPT model', () => {
  const request = { model: 'sandbox-gpt', max_tokens: 300, messages: ASK }
  const tools = [{ name: 'weather', input_schema: SCHEMA }]

  test('plain and streamed', async () => {
    const whole = await anthropic.messages.create({ ...request, system: 'Be brief.' })
    expect(whole).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'text' }] })
    const streamed = await anthropic.messages.stream({ ...request, system: 'Be brief.' }).finalMessage()
    expect(streamed.content).toMatchObject([{ type: 'text', text: (whole.content[0] as { text: string }).text }])
    expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens)
  })

  test('a forced tool', async () => {
    const choice = { tools, tool_choice: { type: 'any' as const } }
    const whole = await anthropic.messages.create({ ...request, ...choice })
    expect(whole).toMatchObject({
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', input: { city: expect.anything() } }],
    })
    const streamed = await anthropic.messages.stream({ ...request, ...choice }).finalMessage()
    expect(streamed.content).toMatchObject(whole.content)
  })

  test('overload is its own kind, and tokens are not guessed', async () => {
    const headers = { 'x-sandbox-fault': 'overloaded' }
    await expect(anthropic.messages.create(request, { headers })).rejects.toMatchObject({ status: 529 })
    const counted = anthropic.messages.countTokens({ model: 'sandbox-gpt', messages: ASK })
    await expect(counted).rejects.toBeInstanceOf(Anthropic.BadRequestError)
  })
})

describe('the AI SDK', () => {
  test('with its OpenAI, Anthropic and compatible providers', async () => {
    const settings = { apiKey: suite.key, baseURL: `${suite.gateway.url}/v1` }
    const models = [
      createOpenAI(settings).chat('sandbox-claude'),
      createOpenAI(settings).responses('sandbox-claude'),
      createAnthropic(settings)('sandbox-gpt'),
      createOpenAICompatible({ name: 'gatehouse', ...settings })('sandbox-claude'),
    ]
    for (const model of models) {
      expect((await generateText({ model, prompt: 'Say hello', maxOutputTokens: 100 })).text).toBeTruthy()
      expect(await streamText({ model, prompt: 'Say hello', maxOutputTokens: 100 }).text).toBeTruthy()
    }
  })
})

describe.each(CROSSED)('a translated stream of $path', ({ path, model, ending }) => {
  const prompt = path === '/v1/responses' ? { input: 'Say hello' } : { messages: ASK, max_tokens: 200 }

  test.each(['cut=4', 'malformed=4', 'error-in-200=4'])('%s ends in an error, never cleanly', async fault => {
    const answer = await suite.post(path, { model, stream: true, ...prompt }, { 'x-sandbox-fault': fault })
    const text = await answer.text()
    expect(text).toContain('error')
    expect(text).not.toContain(ending)
    expect((await eventOf(answer)).outcome).toMatch(/incomplete|upstream_error/)
  })

  test('a client that leaves is charged for what came', async () => {
    const headers = { 'x-sandbox-fault': 'chunk-delay=20 tokens=500' }
    const answer = await suite.post(
      path,
      { model, stream: true, ...prompt, max_tokens: undefined, ...(path === '/v1/messages' && { max_tokens: 600 }) },
      headers,
    )
    const reader = answer.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    const event = await eventOf(answer)
    expect(event).toMatchObject({ outcome: 'client_aborted', usageState: 'estimated', costState: 'priced' })
  })
})
