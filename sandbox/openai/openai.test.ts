import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import { type Sandbox, startSandbox } from '../server.ts'

let sandbox: Sandbox
let client: OpenAI
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  client = new OpenAI({ apiKey: 'sk-test', baseURL: `${sandbox.url}/v1`, maxRetries: 0 })
})
afterAll(() => sandbox.close())

const weather = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 7 } },
  required: ['city', 'days'],
}
const ask = (content: string) => [{ role: 'user' as const, content }]

async function allOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

describe('chat completions', () => {
  it('answers the same question with the same bytes', async () => {
    const request = { model: 'sandbox-gpt', messages: ask('Say hello') }
    const [first, second] = await Promise.all([1, 2].map(() => client.chat.completions.create(request)))
    expect(first?.choices[0]?.message.content).toMatch(/^H(ello|i)/)
    expect(first?.usage?.total_tokens).toBeGreaterThan(0)
    expect(JSON.stringify(second)).toBe(JSON.stringify(first))
  })

  it('streams the text of the plain answer, and usage only when asked', async () => {
    const messages = ask('How do I start?')
    const plain = await client.chat.completions.create({ model: 'sandbox-gpt', messages })
    let text = ''
    for await (const chunk of await client.chat.completions.create({ model: 'sandbox-gpt', messages, stream: true })) {
      expect(chunk.usage).toBeUndefined()
      text += chunk.choices[0]?.delta.content ?? ''
    }
    expect(text).toBe(plain.choices[0]?.message.content)

    const options = { model: 'sandbox-gpt', messages, stream: true as const, stream_options: { include_usage: true } }
    const chunks = await allOf(await client.chat.completions.create(options))
    expect(chunks.slice(0, -1).every(chunk => chunk.usage === null && chunk.choices.length === 1)).toBe(true)
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: plain.usage })
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
  })

  it('calls a tool that the question names, with arguments from its schema, and answers its result', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters: weather } }]
    const asked = await client.chat.completions.create({
      model: 'sandbox-gpt',
      messages: ask('What is the weather?'),
      tools,
    })
    const [choice] = asked.choices
    expect(choice?.finish_reason).toBe('tool_calls')
    const call = choice?.message.tool_calls?.[0]
    if (call?.type !== 'function') throw new Error('no function call')
    const { city, days } = JSON.parse(call.function.arguments)
    expect(typeof city).toBe('string')
    expect(days).toBeGreaterThanOrEqual(1)
    expect(days).toBeLessThanOrEqual(7)

    const result = { role: 'tool' as const, tool_call_id: call.id, content: '18 °C' }
    const messages = [...ask('What is the weather?'), { role: 'assistant' as const, tool_calls: [call] }, result]
    const answer = await client.chat.completions.create({ model: 'sandbox-gpt', messages, tools })
    expect(answer.choices[0]?.finish_reason).toBe('stop')
  })

  it('streams the arguments of a forced tool call', async () => {
    const runner = client.chat.completions.stream({
      model: 'sandbox-gpt',
      messages: ask('Say hello'),
      tools: [{ type: 'function', function: { name: 'look_up', parameters: weather } }],
      tool_choice: { type: 'function', function: { name: 'look_up' } },
    })
    const [choice] = (await runner.finalChatCompletion()).choices
    const call = choice?.message.tool_calls?.[0]
    expect(call?.type === 'function' && Object.keys(JSON.parse(call.function.arguments))).toEqual(['city', 'days'])
  })

  it('counts reasoning within the completion and cached prefixes within the prompt', async () => {
    const system = { role: 'system' as const, content: 'Answer briefly. '.repeat(400) }
    const { usage } = await client.chat.completions.create({
      model: 'sandbox-reasoner',
      messages: [system, ...ask('Which option?')],
    })
    const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0
    expect(cached).toBeGreaterThanOrEqual(1024)
    expect(cached % 128).toBe(0)
    expect(cached).toBeLessThan(usage?.prompt_tokens ?? 0)
    expect(usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0)
    expect(normalizeOpenAiUsage(usage)).toMatchObject({ cachedInput: cached })
  })

  it('honours limits, stop sequences, alternatives, schemas and images', async () => {
    const model = 'sandbox-gpt'
    const cut = await client.chat.completions.create({ model, messages: ask('Say hello'), max_completion_tokens: 1 })
    expect(cut.choices[0]).toMatchObject({ finish_reason: 'length' })
    expect(cut.usage?.completion_tokens).toBe(1)
    const stopped = await client.chat.completions.create({ model, messages: ask('Say hello'), stop: ['!', '.'] })
    expect(stopped.choices[0]?.message.content).not.toMatch(/[!.]/)
    const three = await client.chat.completions.create({ model, messages: ask('Say hello'), n: 3 })
    expect(three.choices.map(choice => choice.index)).toEqual([0, 1, 2])
    const json = await client.chat.completions.create({
      model,
      messages: ask('Say hello'),
      response_format: { type: 'json_schema', json_schema: { name: 'weather', schema: weather } },
    })
    expect(Object.keys(JSON.parse(json.choices[0]?.message.content ?? ''))).toEqual(['city', 'days'])
    const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }
    const seen = await client.chat.completions.create({ model, messages: [{ role: 'user', content: [image] }] })
    expect(seen.usage?.prompt_tokens).toBeGreaterThan(700)
  })

  it('refuses as the vendor does', async () => {
    const create = (body: object) =>
      client.chat.completions.create(body as OpenAI.ChatCompletionCreateParamsNonStreaming)
    const messages = ask('hi')
    await expect(create({ model: 'sandbox-gpt' })).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param: 'messages',
      code: 'missing_required_parameter',
    })
    await expect(create({ model: 'nothing', messages })).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
    await expect(create({ model: 'sandbox-claude', messages })).rejects.toMatchObject({ status: 404 })
    await expect(create({ model: 'sandbox-embed', messages })).rejects.toMatchObject({ status: 400 })
    await expect(create({ model: 'sandbox-gpt', messages: [{ role: 'bishop', content: 'x' }] })).rejects.toMatchObject({
      status: 400,
      param: 'messages[0].role',
    })
    await expect(
      create({ model: 'sandbox-gpt', messages: [{ role: 'tool', tool_call_id: 'none', content: 'x' }] }),
    ).rejects.toMatchObject({ status: 400 })
    const invalid = client.withOptions({ apiKey: 'invalid-key' })
    await expect(invalid.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
    const broken = await fetch(`${sandbox.url}/v1/chat/completions`, { method: 'POST', body: '{"model":' })
    expect(broken.status).toBe(400)
  })
})

describe('responses', () => {
  it('answers plainly, with reasoning as its own item', async () => {
    const response = await client.responses.create({ model: 'sandbox-reasoner', input: 'Say hello' })
    expect(response.status).toBe('completed')
    expect(response.output.map(item => item.type)).toEqual(['reasoning', 'message'])
    expect(response.output_text).toMatch(/^H/)
    expect(response.usage?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0)
  })

  it('streams numbered events from created to completed', async () => {
    const events = await allOf(
      await client.responses.create({ model: 'sandbox-gpt', input: 'Say hello', stream: true }),
    )
    expect(events.map(event => event.sequence_number)).toEqual(events.map((_, position) => position))
    expect(events.at(0)?.type).toBe('response.created')
    expect(events.at(-1)?.type).toBe('response.completed')
    const final = await client.responses.stream({ model: 'sandbox-gpt', input: 'Say hello' }).finalResponse()
    expect(final.output_text).toMatch(/^H/)
  })

  it('calls functions, and says when the limit cut it short', async () => {
    const tools = [{ type: 'function' as const, name: 'get_weather', parameters: weather, strict: true }]
    const input = 'What is the weather?'
    const called = await client.responses.stream({ model: 'sandbox-gpt', input, tools }).finalResponse()
    const [call] = called.output
    expect(call?.type === 'function_call' && Object.keys(JSON.parse(call.arguments))).toEqual(['city', 'days'])
    const cut = await client.responses.create({
      model: 'sandbox-gpt',
      input: '[sandbox:tokens=90]',
      max_output_tokens: 16,
    })
    expect(cut).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } })
  })
})

describe('embeddings and models', () => {
  it('gives vectors of length one in both encodings', async () => {
    const input = ['first', 'second']
    const decoded = await client.embeddings.create({ model: 'sandbox-embed', input })
    const floats = await client.embeddings.create({ model: 'sandbox-embed', input, encoding_format: 'float' })
    expect(decoded.data[0]?.embedding).toHaveLength(1536)
    expect(Math.hypot(...(floats.data[0]?.embedding ?? []))).toBeCloseTo(1, 5)
    expect(floats.data[1]?.embedding[7]).toBeCloseTo(decoded.data[1]?.embedding[7] ?? Number.NaN, 6)
    expect(decoded.usage).toEqual({ prompt_tokens: 4, total_tokens: 4 })
  })

  it('lists and shows its models', async () => {
    const ids = (await client.models.list()).data.map(model => model.id)
    expect(ids).toEqual(['sandbox-gpt', 'sandbox-gpt-mini', 'sandbox-reasoner', 'sandbox-embed', 'sandbox-moderation'])
    expect(await client.models.retrieve('sandbox-gpt')).toMatchObject({ object: 'model', owned_by: 'sandbox' })
    await expect(client.models.retrieve('nothing')).rejects.toMatchObject({ status: 404 })
  })
})

describe('completions and moderations', () => {
  it('completes each prompt, whole and streamed alike, within its limit', async () => {
    const request = { model: 'sandbox-gpt', prompt: ['Say hello', 'Summarize it'], n: 2, max_tokens: 5 }
    const whole = await client.completions.create(request)
    expect(whole.choices.map(choice => choice.finish_reason)).toEqual(['length', 'length', 'length', 'length'])
    expect(whole.usage?.completion_tokens).toBe(20)
    const texts = ['', '', '', '']
    for await (const chunk of await client.completions.create({ ...request, stream: true })) {
      for (const { index, text } of chunk.choices) texts[index] += text
    }
    expect(texts).toEqual(whole.choices.map(choice => choice.text))
  })

  it('judges each text, and parts as a whole', async () => {
    const each = await client.moderations.create({ model: 'sandbox-moderation', input: ['hello', 'a massacre'] })
    expect(each.results.map(result => result.flagged)).toEqual([false, true])
    expect(each.results[1]?.categories.violence).toBe(true)
    const parts = [{ type: 'text' as const, text: 'hello' }]
    expect((await client.moderations.create({ model: 'sandbox-moderation', input: parts })).results).toHaveLength(1)
  })

  it('refuses a model of another kind', async () => {
    const asked = client.moderations.create({ model: 'sandbox-gpt', input: 'hello' })
    await expect(asked).rejects.toMatchObject({ status: 400, param: 'model' })
  })
})
