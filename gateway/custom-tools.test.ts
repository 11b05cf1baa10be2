import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listDetectors } from '#lib/detectors/queries.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { changeModel } from '#test/catalog.ts'
import { untilVersion } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withJson, withStream } from '#test/scripted-provider.ts'

const CHAT = 'scripted-sandbox-gpt-mini'
const RESPONSES = 'scripted-sandbox-reasoner'
const MAIL = 'anna.lovelace@example.com'

let suite: GovernedSuite
let provider: ScriptedProvider
let openai: OpenAI

beforeAll(async () => {
  suite = await startGovernedSuite()
  provider = await startScriptedProvider(suite)
  const { models } = provider.catalog
  for (const [name, dialect] of [
    ['sandbox-gpt-mini', 'chat'],
    ['sandbox-reasoner', 'responses'],
  ] as const) {
    await untilVersion(suite.gateway, await changeModel(suite.org, models[name] as string, { dialects: [dialect] }))
  }
  openai = new OpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1`, maxRetries: 0 })
})
afterAll(async () => {
  provider?.stop()
  await suite?.stop()
})

const USAGE = { input_tokens: 3, output_tokens: 4, total_tokens: 7 }
const ITEM = { type: 'custom_tool_call', id: 'ctc_1', call_id: 'c1', name: 'run', input: 'ls -l', status: 'completed' }
const ASK = [{ role: 'user' as const, content: 'List the files' }]
const CALL = { id: 'c1', type: 'custom', custom: { name: 'run', input: 'ls -l' } }

describe('a custom tool', () => {
  test('of a client of chat completions is called by a model that speaks responses', async () => {
    const response = { id: 'resp_1', object: 'response', created_at: 1, model: 'm', status: 'completed', usage: USAGE }
    provider.answers(withJson({ ...response, output: [ITEM] }))
    const tools = [{ type: 'custom' as const, custom: { name: 'run' } }]
    const whole = await openai.chat.completions.create({ model: RESPONSES, messages: ASK, tools })
    expect(whole.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { tool_calls: [CALL] } })
    const place = { output_index: 0, item_id: 'ctc_1' }
    provider.answers(
      withStream([
        { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
        { type: 'response.output_item.added', ...place, item: { ...ITEM, input: '' } },
        { type: 'response.custom_tool_call_input.delta', ...place, delta: 'ls ' },
        { type: 'response.custom_tool_call_input.delta', ...place, delta: '-l' },
        { type: 'response.custom_tool_call_input.done', ...place, input: 'ls -l' },
        { type: 'response.output_item.done', ...place, item: ITEM },
        { type: 'response.completed', response: { ...response, output: [ITEM] } },
      ]),
    )
    let given = ''
    for await (const chunk of await openai.chat.completions.create({
      model: RESPONSES,
      messages: ASK,
      tools,
      stream: true,
    })) {
      for (const call of chunk.choices[0]?.delta.tool_calls ?? []) {
        given += (call as { custom?: { input?: string } }).custom?.input ?? ''
      }
    }
    expect(given).toBe('ls -l')
  })

  test('of a client of responses is called by a model that speaks chat completions', async () => {
    const message = { role: 'assistant', content: null, tool_calls: [CALL] }
    const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }
    const choices = [{ index: 0, finish_reason: 'tool_calls', message }]
    provider.answers(withJson({ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'm', choices, usage }))
    const tools = [{ type: 'custom' as const, name: 'run' }]
    const answer = await openai.responses.create({ model: CHAT, input: 'List the files', tools })
    expect(answer.output).toMatchObject([{ type: 'custom_tool_call', call_id: 'c1', name: 'run', input: 'ls -l' }])
  })

  test('is refused by name for a model that speaks messages', async () => {
    const tools = [{ type: 'custom' as const, custom: { name: 'run' } }]
    const asked = openai.chat.completions.create({ model: 'sandbox-claude', messages: ASK, tools })
    await expect(asked).rejects.toMatchObject({ status: 400, code: 'untranslatable', param: 'tools.custom' })
  })
})

describe('what a stream says outside its text', () => {
  const chunk = (delta: object, more = {}) => ({ id: 'chatcmpl-1', choices: [{ index: 0, delta, ...more }] })
  const calls = (call: object) => chunk({ tool_calls: [{ index: 0, ...call }] })
  const ask = (model: string) => suite.post('/v1/chat/completions', { model, messages: ASK, stream: true })

  beforeAll(async () => {
    const { admin } = suite.org
    await installGuardrails({ ctx: admin, input: {} })
    const rule = (await listDetectors(admin)).find(one => one.detector === 'email')
    const actions = { Public: 'block', Internal: 'block', Restricted: 'block' } as const
    await updateDetector({ ctx: admin, input: { id: rule?.id, actions, appliesTo: 'answer', shadow: false } })
    await suite.gateway.admin('POST', '/sync')
  })

  test.each([
    ['the input of a custom tool', calls({ custom: { input: `mail ${MAIL} now` } })],
    ['the arguments of a function of old', chunk({ function_call: { arguments: `mail ${MAIL} now` } })],
    ['a field that nobody knows', chunk({ brand_new: { words: [`mail ${MAIL} now`] } })],
  ])('is inspected: %s', async (_, event) => {
    provider.answers(withStream([calls({ ...CALL, custom: { name: 'run', input: '' } }), event], 'data: [DONE]\n\n'))
    const answer = await ask(CHAT)
    const text = await answer.text()
    expect(text).toContain('content_blocked')
    expect(text).not.toContain(MAIL)
    expect(await eventOf(answer)).toMatchObject({ outcome: 'refused', errorCode: 'content_blocked' })
  })

  test('in more places than any answer has ends it', async () => {
    const events = Array.from({ length: 5_000 }, (_, at) =>
      chunk({ tool_calls: [{ index: at, custom: { input: 'x' } }] }),
    )
    provider.answers(withStream(events, 'data: [DONE]\n\n'))
    const text = await (await ask(CHAT)).text()
    expect(text).toContain('inspection_failed')
    expect(text).not.toContain('[DONE]')
  })
})
