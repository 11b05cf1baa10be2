import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { generateText, jsonSchema, Output } from 'ai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

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

describe('an answer in the form of a JSON schema', () => {
  const isCity = (text: string) => expect(JSON.parse(text)).toEqual({ city: expect.any(String) })

  test('of a Claude model, for clients of OpenAI', async () => {
    const format = { type: 'json_schema' as const, name: 'place', schema: SCHEMA, strict: true }
    const chat = await openai.chat.completions.create({
      model: 'sandbox-claude',
      messages: ASK,
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA, strict: true } },
    })
    isCity(chat.choices[0]?.message.content ?? '')
    const request = { model: 'sandbox-claude', input: 'Where?', text: { format } }
    isCity((await openai.responses.create(request)).output_text)
  })

  test('of a GPT model, for clients of Anthropic', async () => {
    const message = await anthropic.messages.create({
      model: 'sandbox-gpt',
      max_tokens: 100,
      messages: ASK,
      output_config: { format: { type: 'json_schema', schema: SCHEMA } },
    })
    isCity(message.content.map(block => (block.type === 'text' ? block.text : '')).join(''))
  })

  test('for the AI SDK, either way', async () => {
    const settings = { apiKey: suite.key, baseURL: `${suite.gateway.url}/v1` }
    const schema = jsonSchema<{ city: string }>({ ...SCHEMA, additionalProperties: false })
    for (const model of [createOpenAI(settings)('sandbox-claude'), createAnthropic(settings)('sandbox-gpt')]) {
      const { output } = await generateText({ model, prompt: 'Where?', output: Output.object({ schema }) })
      expect(output).toEqual({ city: expect.any(String) })
    }
  })
})

describe('what tools give back', () => {
  const url = `data:image/png;base64,${PIXEL}`
  const image = { type: 'base64' as const, media_type: 'image/png' as const, data: PIXEL }

  test('an image reaches a Claude model from a client of responses', async () => {
    const answer = await openai.responses.create({
      model: 'sandbox-claude',
      input: [
        { role: 'user', content: 'Look' },
        { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' },
        {
          type: 'function_call_output',
          call_id: 'c1',
          output: [{ type: 'input_image', image_url: url, detail: 'auto' }],
        },
      ],
    })
    expect(answer.output_text).toBeTruthy()
    const seen = (await (await fetch(`${suite.sandbox.url}/control/requests`)).json()) as { data: { body: string }[] }
    expect(JSON.parse(seen.data[0]?.body ?? '')).toMatchObject({
      messages: [{}, {}, { content: [{ type: 'tool_result', content: [{ type: 'image', source: image }] }] }],
    })
  })

  test('an image in a result is shown right after it in chat completions', async () => {
    await anthropic.messages.create({
      model: 'sandbox-gpt',
      max_tokens: 100,
      messages: [
        ...ASK,
        { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'weather', input: {} }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'image', source: image }] }],
        },
      ],
    })
    const seen = (await (await fetch(`${suite.sandbox.url}/control/requests`)).json()) as { data: { body: string }[] }
    expect(JSON.parse(seen.data[0]?.body ?? '')).toMatchObject({
      messages: [{}, {}, { role: 'tool' }, { role: 'user', content: [{}, { type: 'image_url', image_url: { url } }] }],
    })
  })
})
