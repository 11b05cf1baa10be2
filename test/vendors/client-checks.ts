import OpenAI from 'openai'
import { expect } from 'vitest'
import { eventOf } from '../governed-suite.ts'
import { ANSWER, TOOL, USAGE } from './prompts.ts'
import type { VendorSuite } from './vendor-suite.ts'

const SCHEMA = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] }
const say = (text: string) => [{ role: 'user' as const, content: text }]

/** The OpenAI client calls a model by chat: plain, streamed, with a tool and its result, with usage in evidence. */
export async function checkChat({ openai }: VendorSuite, model: string): Promise<void> {
  const { data, response } = await openai.chat.completions.create({ model, messages: say('Hello') }).withResponse()
  expect(data.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: ANSWER } })
  expect(await eventOf(response)).toMatchObject({ outcome: 'ok', usageState: 'measured', outputTokens: USAGE.output })

  const streamed = await openai.chat.completions.create({ model, messages: say('Hello'), stream: true }).withResponse()
  let text = ''
  for await (const chunk of streamed.data) {
    text += chunk.choices[0]?.delta?.content ?? ''
    expect(chunk.usage ?? null).toBeNull()
  }
  expect(text).toBe(ANSWER)
  expect(await eventOf(streamed.response)).toMatchObject({
    streaming: true,
    usageState: 'measured',
    outputTokens: USAGE.output,
  })

  const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: SCHEMA } }]
  const request = { model, messages: say('Weather?'), tools, tool_choice: 'required' as const }
  const called = (await openai.chat.completions.create(request)).choices[0]
  expect(called).toMatchObject({
    finish_reason: 'tool_calls',
    message: { tool_calls: [{ id: TOOL.id, function: { name: TOOL.name, arguments: TOOL.arguments } }] },
  })
  const again = await openai.chat.completions.stream(request).finalChatCompletion()
  expect(again.choices[0]?.message.tool_calls).toMatchObject([{ id: TOOL.id, function: { arguments: TOOL.arguments } }])
  const message = called?.message
  if (!message) throw new Error('no message')
  const messages = [...say('Weather?'), message, { role: 'tool' as const, tool_call_id: TOOL.id, content: 'sunny' }]
  const answered = await openai.chat.completions.create({ model, messages, tools })
  expect(answered.choices[0]?.message.content).toBe(ANSWER)
}

/** The Anthropic client calls a model by messages: plain, streamed, with a tool and its result, tokens counted. */
export async function checkMessages({ anthropic }: VendorSuite, model: string): Promise<void> {
  const request = { model, max_tokens: 100, messages: say('Hello') }
  const whole = await anthropic.messages.create(request)
  expect(whole).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'text', text: ANSWER }] })
  expect(whole.usage).toMatchObject({ input_tokens: USAGE.input, cache_read_input_tokens: USAGE.cached })
  const { data, response } = await anthropic.messages.create({ ...request, stream: true }).withResponse()
  let text = ''
  for await (const event of data) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text
  }
  expect(text).toBe(ANSWER)
  expect(await eventOf(response)).toMatchObject({
    usageState: 'measured',
    outputTokens: USAGE.output,
    cachedInputTokens: USAGE.cached,
  })

  const tools = [{ name: 'weather', input_schema: SCHEMA }]
  const called = await anthropic.messages.stream({ ...request, tools }).finalMessage()
  const use = { type: 'tool_use' as const, id: TOOL.id, name: 'weather', input: { city: 'Berlin' } }
  expect(called).toMatchObject({ stop_reason: 'tool_use', content: [use] })
  const result = { type: 'tool_result' as const, tool_use_id: TOOL.id, content: 'sunny' }
  const turns = [
    { role: 'assistant' as const, content: [use] },
    { role: 'user' as const, content: [result] },
  ]
  const answered = await anthropic.messages.create({ ...request, tools, messages: [...request.messages, ...turns] })
  expect(answered.content).toMatchObject([{ text: ANSWER }])
  expect(await anthropic.messages.countTokens({ model, messages: say('Hello') })).toMatchObject({ input_tokens: 11 })
}

/** A stream of chat that goes wrong in the middle raises an error in the client, and none of it ends cleanly. */
export async function checkBrokenChat({ openai }: VendorSuite, model: string, fault: string): Promise<void> {
  const stream = await openai.chat.completions.create({ model, messages: say(`Hello [${fault}]`), stream: true })
  const read = async () => {
    const finished: unknown[] = []
    for await (const chunk of stream) if (chunk.choices[0]?.finish_reason) finished.push(chunk)
    return finished
  }
  await expect(read()).rejects.toBeInstanceOf(OpenAI.APIError)
}

/** The same by messages. */
export async function checkBrokenMessages({ anthropic }: VendorSuite, model: string, fault: string): Promise<void> {
  const messages = say(`Hello [${fault}]`)
  const stream = anthropic.messages.stream({ model, max_tokens: 100, messages })
  await expect(stream.finalMessage()).rejects.toThrow()
  const { data } = await anthropic.messages.create({ model, max_tokens: 100, messages, stream: true }).withResponse()
  const types: string[] = []
  const read = async () => {
    for await (const event of data) types.push(event.type)
  }
  await expect(read()).rejects.toThrow()
  expect(types).not.toContain('message_stop')
}
