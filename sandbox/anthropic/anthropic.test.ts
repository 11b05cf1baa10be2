import Anthropic from '@anthropic-ai/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mergeAnthropicUsage, normalizeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import { type Sandbox, startSandbox } from '../server.ts'

let sandbox: Sandbox
let client: Anthropic
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  client = new Anthropic({ apiKey: 'sk-ant-test', baseURL: sandbox.url, maxRetries: 0 })
})
afterAll(() => sandbox.close())

const hello = { model: 'sandbox-claude', max_tokens: 64, messages: [{ role: 'user' as const, content: 'Say hello' }] }
const tools = [
  {
    name: 'get_weather',
    input_schema: {
      type: 'object' as const,
      properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
      required: ['city', 'unit'],
    },
  },
]

async function allOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

describe('messages', () => {
  it('answers and streams the same message', async () => {
    const plain = await client.messages.create(hello)
    expect(plain.stop_reason).toBe('end_turn')
    expect(plain.usage.output_tokens).toBeGreaterThan(0)
    const streamed = await client.messages.stream(hello).finalMessage()
    expect(streamed.content).toEqual(plain.content)
    expect(streamed.usage.output_tokens).toBe(plain.usage.output_tokens)
  })

  it('sends the events of the wire in order, with usage at both ends', async () => {
    const events = await allOf(await client.messages.create({ ...hello, stream: true }))
    const types = events.map(event => event.type)
    expect(types.slice(0, 2)).toEqual(['message_start', 'content_block_start'])
    expect(types.slice(-3)).toEqual(['content_block_stop', 'message_delta', 'message_stop'])
    const start = events.find(event => event.type === 'message_start')?.message.usage
    const delta = events.find(event => event.type === 'message_delta')?.usage
    const plain = await client.messages.create(hello)
    expect(normalizeAnthropicUsage(mergeAnthropicUsage(start, delta))).toEqual(normalizeAnthropicUsage(plain.usage))
  })

  it('calls tools when the question names them or the request forces them, and answers results', async () => {
    const messages = [{ role: 'user' as const, content: 'What is the weather?' }]
    const asked = await client.messages.create({ ...hello, messages, tools })
    expect(asked.stop_reason).toBe('tool_use')
    const [use] = asked.content
    if (use?.type !== 'tool_use') throw new Error('no tool use')
    expect(use.input).toMatchObject({ city: expect.any(String), unit: expect.stringMatching(/celsius|fahrenheit/) })
    const result = { type: 'tool_result' as const, tool_use_id: use.id, content: '18 °C' }
    const turns = [
      ...messages,
      { role: 'assistant' as const, content: [use] },
      { role: 'user' as const, content: [result] },
    ]
    expect((await client.messages.create({ ...hello, messages: turns, tools })).stop_reason).toBe('end_turn')

    const forced = await client.messages.stream({ ...hello, tools, tool_choice: { type: 'any' } }).finalMessage()
    expect(forced.content).toMatchObject([
      { type: 'tool_use', name: 'get_weather', input: { city: expect.any(String) } },
    ])
  })

  it('thinks in a block of its own, counted within the output', async () => {
    const request = { ...hello, max_tokens: 2048, thinking: { type: 'enabled' as const, budget_tokens: 1024 } }
    const message = await client.messages.stream(request).finalMessage()
    expect(message.content.map(block => block.type)).toEqual(['thinking', 'text'])
    const plain = await client.messages.create(request)
    expect(plain.content).toEqual(message.content)
    const thinking = plain.usage.output_tokens_details?.thinking_tokens ?? 0
    expect(thinking).toBeGreaterThan(0)
    expect(thinking).toBeLessThan(plain.usage.output_tokens)
  })

  it('leaves cached tokens out of the input and splits writes by lifetime', async () => {
    const block = (text: string, ttl: '5m' | '1h') => ({
      type: 'text' as const,
      text: text.repeat(100),
      cache_control: { type: 'ephemeral' as const, ttl },
    })
    const one = await client.messages.create({ ...hello, system: [block('Rules. ', '5m')] })
    expect(one.usage).toMatchObject({ cache_read_input_tokens: 0, cache_creation_input_tokens: 175 })
    const { usage } = await client.messages.create({
      ...hello,
      system: [block('Rules. ', '5m'), block('Facts and more. ', '1h'), block('Terms. ', '5m')],
    })
    expect(usage).toMatchObject({
      cache_read_input_tokens: 175,
      cache_creation_input_tokens: 575,
      cache_creation: { ephemeral_5m_input_tokens: 175, ephemeral_1h_input_tokens: 400 },
    })
    expect(usage.input_tokens).toBeLessThan(20)
  })

  it('honours limits and stop sequences, takes images, and counts tokens', async () => {
    expect(await client.messages.create({ ...hello, max_tokens: 1 })).toMatchObject({ stop_reason: 'max_tokens' })
    const stopped = await client.messages.create({ ...hello, stop_sequences: ['!', '.'] })
    expect(stopped).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: expect.stringMatching(/[!.]/) })
    const image = {
      type: 'image' as const,
      source: { type: 'base64' as const, media_type: 'image/png' as const, data: 'iVBORw0KGgo=' },
    }
    const seen = await client.messages.create({ ...hello, messages: [{ role: 'user', content: [image] }] })
    const counted = await client.messages.countTokens({
      model: 'sandbox-claude',
      messages: [{ role: 'user', content: [image] }],
    })
    expect(counted.input_tokens).toBe(seen.usage.input_tokens)
  })

  it('refuses as the vendor does', async () => {
    const create = (body: object) => client.messages.create(body as Anthropic.MessageCreateParamsNonStreaming)
    const { max_tokens: _limit, ...unlimited } = hello
    await expect(create(unlimited)).rejects.toMatchObject({
      status: 400,
      error: { type: 'error', error: { type: 'invalid_request_error', message: 'max_tokens: Field required' } },
    })
    await expect(create({ ...hello, model: 'sandbox-gpt' })).rejects.toMatchObject({
      status: 404,
      error: { error: { type: 'not_found_error', message: 'model: sandbox-gpt' } },
    })
    const orphan = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'none', content: 'x' }] }
    await expect(create({ ...hello, messages: [orphan] })).rejects.toMatchObject({ status: 400 })
    const invalid = client.withOptions({ apiKey: 'invalid' })
    await expect(invalid.messages.create(hello)).rejects.toMatchObject({ status: 401 })
    const bare = await fetch(`${sandbox.url}/v1/messages`, { method: 'POST', body: JSON.stringify(hello) })
    expect(await bare.json()).toMatchObject({ error: { message: 'anthropic-version: header is required' } })
  })

  it('lists its models', async () => {
    const models = await client.models.list()
    expect(models.data.map(model => model.id)).toEqual(['sandbox-claude', 'sandbox-claude-haiku'])
  })
})
