import OpenAI from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withJson } from '#test/scripted-provider.ts'
import { withoutForeignThoughts } from './foreign-thoughts.ts'

let suite: GovernedSuite
let claude: ScriptedProvider
let gpt: ScriptedProvider
beforeAll(async () => {
  suite = await startGovernedSuite()
  claude = await startScriptedProvider(suite)
  gpt = await startScriptedProvider(suite, { kind: 'openai', allowPrivateNetwork: true, prefix: 'other-' })
})
afterAll(async () => {
  await suite?.stop()
  claude?.stop()
  gpt?.stop()
})

const OWN = { type: 'reasoning', id: 'rs_68af4030', summary: [], encrypted_content: 'gAAAA' }

test('a conversation that another model has served a turn of goes on with OpenAI', async () => {
  const client = new OpenAI({ baseURL: `${suite.gateway.url}/v1`, apiKey: suite.key, maxRetries: 0 })
  const content = [
    { type: 'thinking', thinking: 'Hm', signature: 'sig' },
    { type: 'redacted_thinking', data: 'AAAA' },
    { type: 'text', text: 'Hi' },
  ]
  claude.answers(
    withJson({ id: 'msg_1', content, stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } }),
  )
  const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: 'hi' }]
  const served = await client.responses.create({ model: 'scripted-sandbox-claude', store: false, input })
  expect(served.output.map(item => item.type)).toEqual(['reasoning', 'reasoning', 'message'])
  input.push(...(served.output as OpenAI.Responses.ResponseInputItem[]), { role: 'user', content: 'And now?' })
  gpt.answers(withJson({ id: 'resp_2', status: 'completed', output: [], usage: { input_tokens: 1, output_tokens: 1 } }))
  await client.responses.create({ model: 'other-sandbox-gpt', store: false, input })
  expect(JSON.parse(gpt.last.body)).toEqual({
    model: 'sandbox-gpt',
    store: false,
    input: [input[0], input[3], input[4]],
  })
})

test.each([
  ['thoughts of its own', { input: [OWN, { role: 'user', content: 'x' }] }],
  ['a text', { input: 'rs_resp_' }],
  ['what is not understood', { input: [null, 'x', {}, { type: 'reasoning', id: 7 }] }],
])('%s stay as they are', (_, fields) => {
  expect(withoutForeignThoughts(fields)).toBeNull()
})
