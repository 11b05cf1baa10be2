import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite
let openai: OpenAI
let anthropic: Anthropic

beforeAll(async () => {
  suite = await startGovernedSuite()
  openai = new OpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1`, maxRetries: 0 })
  anthropic = new Anthropic({ apiKey: suite.key, baseURL: `${suite.gateway.url}/anthropic`, maxRetries: 0 })
})
afterAll(() => suite?.stop())

const WEATHER = {
  type: 'object' as const,
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
}
const ASK = [{ role: 'user' as const, content: 'What is the weather in Berlin?' }]

describe('the OpenAI SDK', () => {
  test('tools, whole and streamed', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: WEATHER } }]
    const request = { model: 'sandbox-gpt', messages: ASK, tools, tool_choice: 'required' as const }
    const whole = await openai.chat.completions.create(request)
    expect(whole.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'weather' } })
    const stream = openai.chat.completions.stream(request)
    const final = await stream.finalChatCompletion()
    expect(final.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'weather' } })
  })

  test('the usage chunk, when asked for', async () => {
    const stream = await openai.chat.completions.create({
      model: 'sandbox-gpt',
      messages: ASK,
      stream: true,
      stream_options: { include_usage: true },
    })
    let tokens = 0
    for await (const chunk of stream) tokens = chunk.usage?.total_tokens ?? tokens
    expect(tokens).toBeGreaterThan(0)
  })

  test('responses, whole and streamed', async () => {
    const request = { model: 'sandbox-gpt', input: 'Say hello', store: false }
    const { data, response } = await openai.responses.create(request).withResponse()
    expect(data.output_text).toBeTruthy()
    expect(await eventOf(response)).toMatchObject({ dialect: 'responses', usageState: 'measured' })
    const types: string[] = []
    for await (const event of await openai.responses.create({ ...request, stream: true })) types.push(event.type)
    expect(types.at(-1)).toBe('response.completed')
  })

  test('embeddings', async () => {
    const { data, response } = await openai.embeddings.create({ model: 'sandbox-embed', input: 'hello' }).withResponse()
    expect(data.data[0]?.embedding.length).toBeGreaterThan(0)
    expect(await eventOf(response)).toMatchObject({ dialect: 'embeddings', outputTokens: 0, usageState: 'measured' })
  })

  test('completions, whole and streamed, and what is wrong with them', async () => {
    const request = { model: 'sandbox-gpt', prompt: ['Say hello', 'Who are you?'], max_tokens: 40 }
    const { data, response } = await openai.completions.create(request).withResponse()
    expect(data.choices.map(choice => choice.index)).toEqual([0, 1])
    const event = await eventOf(response)
    expect(event).toMatchObject({ dialect: 'completions', usageState: 'measured', costState: 'priced' })
    expect(event.outputTokens).toBe(data.usage?.completion_tokens)
    const texts = ['', '']
    for await (const { choices } of await openai.completions.create({ ...request, stream: true })) {
      for (const { index, text } of choices) texts[index] += text
    }
    expect(texts).toEqual(data.choices.map(choice => choice.text))
    const other = openai.completions.create({ ...request, model: 'sandbox-claude' })
    await expect(other).rejects.toMatchObject({ status: 400, code: 'wrong_dialect', param: 'model' })
    const broken = async () => {
      const headers = { 'x-sandbox-fault': 'cut=2' }
      for await (const _ of await openai.completions.create({ ...request, stream: true }, { headers }));
    }
    await expect(broken()).rejects.toBeInstanceOf(OpenAI.APIError)
  })

  test('moderations, with and without a model, which cost nothing', async () => {
    const { data, response } = await openai.moderations.create({ input: ['hello', 'a massacre'] }).withResponse()
    expect(data.results.map(result => result.flagged)).toEqual([false, true])
    expect(await eventOf(response)).toMatchObject({ dialect: 'moderations', usageState: 'none', costState: 'none' })
    const image = { type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } }
    const parts = [{ type: 'text' as const, text: 'hello' }, image]
    const judged = await openai.moderations.create({ model: 'sandbox-moderation', input: parts })
    expect(judged.results).toHaveLength(1)
  })

  test('models, and the error of an unknown one', async () => {
    const ids = (await openai.models.list()).data.map(model => model.id)
    expect(ids).toEqual(expect.arrayContaining(['sandbox-gpt', 'default', 'sandbox-claude']))
    await expect(openai.chat.completions.create({ model: 'gpt-0', messages: ASK })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
    const stranger = new OpenAI({ apiKey: 'sk-none', baseURL: `${suite.gateway.url}/openai/v1`, maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
  })

  test('a stream that breaks is raised as an error', async () => {
    const broken = async () => {
      const request = { model: 'sandbox-gpt', messages: ASK, stream: true as const }
      const stream = await openai.chat.completions.create(request, { headers: { 'x-sandbox-fault': 'cut=3' } })
      for await (const _ of stream);
    }
    await expect(broken()).rejects.toBeInstanceOf(OpenAI.APIError)
  })

  test('an aborted stream frees the gateway', async () => {
    const request = { model: 'sandbox-gpt', messages: ASK, stream: true as const }
    const headers = { 'x-sandbox-fault': 'chunk-delay=50 tokens=500' }
    const stream = await openai.chat.completions.create(request, { headers })
    for await (const _ of stream) break
    await until('nothing is in flight', async () => {
      const { body } = await suite.gateway.admin('GET', '/status')
      return (body as { stats: { inFlight: number } }).stats.inFlight === 0
    })
  })
})

describe('the Anthropic SDK', () => {
  const request = { model: 'sandbox-claude', max_tokens: 200, messages: ASK }

  test('tools, whole and streamed, also under the beta path', async () => {
    const tools = [{ name: 'weather', input_schema: WEATHER }]
    const choice = { tools, tool_choice: { type: 'any' as const } }
    const whole = await anthropic.messages.create({ ...request, ...choice })
    expect(whole.content.some(block => block.type === 'tool_use')).toBe(true)
    const streamed = await anthropic.messages.stream({ ...request, ...choice }).finalMessage()
    expect(streamed.stop_reason).toBe('tool_use')
    const beta = await anthropic.beta.messages.create({ ...request, betas: ['interleaved-thinking-2025-05-14'] })
    expect(beta.usage.output_tokens).toBeGreaterThan(0)
  })

  test('counts tokens without a charge', async () => {
    const { data, response } = await anthropic.messages.countTokens({ model: 'claude', messages: ASK }).withResponse()
    expect(data.input_tokens).toBeGreaterThan(0)
    expect(await eventOf(response)).toMatchObject({ dialect: 'count_tokens', usageState: 'none', costState: 'none' })
  })

  test('lists models, and raises errors of its kind', async () => {
    const ids: string[] = []
    for await (const model of anthropic.models.list()) ids.push(model.id)
    expect(ids).toContain('sandbox-claude')
    await expect(anthropic.messages.create({ ...request, model: 'none' })).rejects.toBeInstanceOf(
      Anthropic.NotFoundError,
    )
    const broken = anthropic.messages.stream(request, { headers: { 'x-sandbox-fault': 'cut=3' } })
    await expect(broken.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIError)
  })
})

describe('the AI SDK', () => {
  test('with its OpenAI provider', async () => {
    const provider = createOpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1` })
    const chat = await generateText({ model: provider.chat('sandbox-gpt'), prompt: 'Say hello' })
    expect(chat.text).toBeTruthy()
    const stream = streamText({ model: provider.responses('sandbox-gpt'), prompt: 'Say hello' })
    expect(await stream.text).toBeTruthy()
    expect((await stream.usage).outputTokens).toBeGreaterThan(0)
  })

  test('with its Anthropic provider', async () => {
    const provider = createAnthropic({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1` })
    const stream = streamText({ model: provider('sandbox-claude'), prompt: 'Say hello', maxOutputTokens: 100 })
    expect(await stream.text).toBeTruthy()
    expect((await stream.usage).outputTokens).toBeGreaterThan(0)
  })
})

test('unknown fields and vendor headers reach the provider as they were sent', async () => {
  const raw =
    '{ "model":"sandbox-gpt",  "messages":[{"role":"user","content":"hé"}], "x_unknown": [1.0, 12345678901234567890] }'
  const answer = await suite.post('/v1/chat/completions', raw, { 'openai-beta': 'one=1', cookie: 'a=b' })
  await answer.arrayBuffer()
  const seen = await lastSeen()
  expect(seen.body).toBe(raw)
  expect(seen.headers['openai-beta']).toBe('one=1')
  expect(seen.headers.cookie).toBeUndefined()
  expect(JSON.stringify(seen.headers)).not.toContain('gh_live')
})

test('a body that names its model twice is not passed on as it is', async () => {
  const raw = '{"model":"sandbox-gpt","model":"default","messages":[{"role":"user","content":"hi"}]}'
  await (await suite.post('/v1/chat/completions', raw)).arrayBuffer()
  expect(JSON.parse((await lastSeen()).body)).toMatchObject({ model: 'sandbox-gpt' })
  expect((await lastSeen()).body.match(/"model"/g)).toHaveLength(1)
})

async function lastSeen(): Promise<{ body: string; headers: Record<string, string> }> {
  const answer = await fetch(`${suite.sandbox.url}/control/requests`)
  const body = (await answer.json()) as { requests?: unknown[]; data?: unknown[] }
  const list = (body.requests ?? body.data ?? body) as { body: string; headers: Record<string, string> }[]
  if (!list[0]) throw new Error('the sandbox has seen nothing')
  return list[0]
}
