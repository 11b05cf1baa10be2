import Anthropic from '@anthropic-ai/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withJson } from '#test/scripted-provider.ts'
import { anthropicCloudBody } from './anthropic-cloud-body.ts'
import { withoutUnsignedThoughts } from './unsigned-thoughts.ts'

let suite: GovernedSuite
let gpt: ScriptedProvider
let claude: ScriptedProvider
beforeAll(async () => {
  suite = await startGovernedSuite()
  gpt = await startScriptedProvider(suite)
  const options = { kind: 'anthropic' as const, allowPrivateNetwork: true, prefix: 'other-' }
  claude = await startScriptedProvider(suite, options)
})
afterAll(async () => {
  await suite?.stop()
  gpt?.stop()
  claude?.stop()
})

const message = (...content: object[]) => ({ role: 'assistant', content })
const TEXT = { type: 'text', text: 'Hi' }
const SIGNED = { type: 'thinking', thinking: 'Hm', signature: 'sig' }
const UNSIGNED = { type: 'thinking', thinking: 'Hm', signature: '' }

test('a conversation that another model has served a turn of goes on with Claude', async () => {
  const client = new Anthropic({ baseURL: suite.gateway.url, apiKey: suite.key, maxRetries: 0 })
  const thought = { content: 'Hi', reasoning_content: 'Hm' }
  gpt.answers(withJson({ id: 'c', choices: [{ index: 0, message: thought, finish_reason: 'stop' }] }))
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'hi' }]
  const served = await client.messages.create({ model: 'scripted-sandbox-gpt', max_tokens: 5, messages })
  expect(served.content).toMatchObject([UNSIGNED, TEXT])
  messages.push({ role: 'assistant', content: served.content }, { role: 'user', content: 'And now?' })
  const usage = { input_tokens: 1, output_tokens: 1 }
  claude.answers(withJson({ id: 'msg_1', type: 'message', content: [TEXT], stop_reason: 'end_turn', usage }))
  const next = { model: 'other-sandbox-claude', max_tokens: 5, messages }
  expect((await suite.post('/v1/messages?beta=true', next, { 'anthropic-beta': 'x' })).status).toBe(200)
  expect(JSON.parse(claude.last.body).messages).toEqual([messages[0], message(TEXT), messages[2]])
  expect(claude.last).toMatchObject({ url: '/v1/messages?beta=true', headers: { 'anthropic-beta': 'x' } })
})

test.each([
  ['signed thoughts', { messages: [message(SIGNED, TEXT), { role: 'user', content: 'x' }] }],
  ['what is not understood', { messages: [null, 'x', {}, { content: [null, 'thinking', {}] }] }],
  ['no messages', { messages: 'x' }],
])('%s stay as they are', (_, fields) => {
  expect(withoutUnsignedThoughts(fields)).toBeNull()
})

test('a message that only thought goes as a whole, in clouds too', () => {
  const user = { role: 'user', content: 'x' }
  const body = anthropicCloudBody({ messages: [user, message(UNSIGNED), user, message(SIGNED, UNSIGNED, TEXT)] }, 'v')
  expect(body.messages).toEqual([user, user, message(SIGNED, TEXT)])
})
