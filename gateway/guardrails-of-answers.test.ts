import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AppliesTo, GuardrailAction } from '#core/guardrails/decide.ts'
import { createCachePolicy } from '#lib/cache/create-policy.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listDetectors } from '#lib/detectors/queries.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite
let openai: OpenAI
let anthropic: Anthropic

/** The sandbox's models say again what they are asked to repeat; requests may hold it, answers may not. */
const MAIL = 'anna.lovelace@example.com'
const ASK = `Repeat: please write to ${MAIL} before Friday, and tell her about the meeting of next week as well.`

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  openai = new OpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1`, maxRetries: 0 })
  anthropic = new Anthropic({ apiKey: suite.key, baseURL: `${suite.gateway.url}/anthropic`, maxRetries: 0 })
})
afterAll(() => suite?.stop())

async function rule(action: GuardrailAction, appliesTo: AppliesTo, shadow = false): Promise<void> {
  const { admin } = suite.org
  const found = (await listDetectors(admin)).find(one => one.detector === 'email')
  const actions = { Public: action, Internal: action, Restricted: action }
  await updateDetector({ ctx: admin, input: { id: found?.id, actions, appliesTo, shadow } })
  await suite.gateway.admin('POST', '/sync')
}

/** Every way to be answered with text: path, body, and whether the model behind speaks the same dialect. */
const messages = [{ role: 'user', content: ASK }]
const WAYS: readonly [name: string, path: string, body: Record<string, unknown>][] = [
  ['chat', '/v1/chat/completions', { model: 'sandbox-gpt', messages }],
  ['chat translated', '/v1/chat/completions', { model: 'sandbox-claude', messages }],
  ['responses', '/v1/responses', { model: 'sandbox-gpt', input: ASK }],
  ['messages', '/anthropic/v1/messages', { model: 'sandbox-claude', max_tokens: 200, messages }],
  ['messages translated', '/anthropic/v1/messages', { model: 'sandbox-gpt', max_tokens: 200, messages }],
  ['completions', '/v1/completions', { model: 'sandbox-gpt', prompt: ASK }],
]

describe('a rule for answers that blocks', () => {
  beforeEach(() => rule('block', 'answer'))

  test.each(WAYS)('%s: the answer is withheld, charged and recorded', async (_, path, body) => {
    const answer = await suite.post(path, body)
    const text = await answer.text()
    expect([answer.status, text.includes('content_blocked'), text.includes(MAIL)], text).toEqual([403, true, false])
    const event = await eventOf(answer)
    expect(event).toMatchObject({
      status: 403,
      outcome: 'refused',
      errorCode: 'content_blocked',
      usageState: 'measured',
    })
    expect(event.outputTokens).toBeGreaterThan(0)
    const { findings } = event.detail as { findings: { location: string; action: string }[] }
    expect(findings.filter(one => one.location.startsWith('answer.'))).toMatchObject([{ action: 'block', count: 1 }])
    expect(JSON.stringify(event.detail)).not.toContain(MAIL)
  })

  test.each(WAYS)('%s: a stream ends in an error before the value is whole', async (_, path, body) => {
    const answer = await suite.post(path, { ...body, stream: true })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('content_blocked')
    expect(text).not.toContain('[DONE]')
    expect(text).not.toContain('message_stop')
    expect(spoken(text)).not.toContain(MAIL)
    const event = await eventOf(answer)
    expect(event).toMatchObject({ outcome: 'refused', errorCode: 'content_blocked' })
    expect(event.detail).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ action: 'block' })]),
    })
  })

  test('is an error that the SDKs raise', async () => {
    const chat = { model: 'sandbox-gpt', messages: [{ role: 'user' as const, content: ASK }] }
    await expect(openai.chat.completions.create(chat)).rejects.toBeInstanceOf(OpenAI.PermissionDeniedError)
    await expect(openai.chat.completions.stream(chat).finalContent()).rejects.toThrow(/guardrail stopped this answer/)
    const ask = { model: 'sandbox-claude', max_tokens: 200, messages: [{ role: 'user' as const, content: ASK }] }
    await expect(anthropic.messages.create(ask)).rejects.toBeInstanceOf(Anthropic.PermissionDeniedError)
    await expect(anthropic.messages.stream(ask).finalText()).rejects.toThrow(/guardrail stopped this answer/)
  })

  test('lets other answers through, whole and streamed', async () => {
    const messages = [{ role: 'user' as const, content: 'Repeat: the meeting is on Friday.' }]
    const whole = await openai.chat.completions.create({ model: 'sandbox-gpt', messages })
    const streamed = await openai.chat.completions.stream({ model: 'sandbox-gpt', messages }).finalContent()
    expect([whole.choices[0]?.message.content, streamed].every(text => text?.includes('Friday'))).toBe(true)
  })
})

describe('a rule for answers that masks', () => {
  beforeEach(() => rule('mask', 'answer'))

  test.each(WAYS)('%s: the answer comes masked', async (_, path, body) => {
    const answer = await suite.post(path, body)
    const text = await answer.text()
    expect([answer.status, text.includes('[EMAIL]'), text.includes(MAIL)], text).toEqual([200, true, false])
    expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(text))
  })
})

describe('a rule for requests', () => {
  test.each([
    ['one for requests only counts in answers', 'request', false],
    ['one in shadow counts', 'answer', true],
  ] as const)('%s', async (_, appliesTo, shadow) => {
    await rule('mask', appliesTo, shadow)
    const question = appliesTo === 'request' ? 'Repeat: anna at example' : ASK
    for (const stream of [false, true]) {
      const body = { model: 'sandbox-gpt', stream, messages: [{ role: 'user', content: question }] }
      const answer = await suite.post('/v1/chat/completions', body)
      expect(answer.status).toBe(200)
      await answer.text()
      if (appliesTo === 'request') continue
      const { findings } = (await eventOf(answer)).detail as { findings: { location: string; action: string }[] }
      const ofAnswer = findings.filter(one => one.location.startsWith('answer.'))
      expect(ofAnswer).toMatchObject([{ detector: 'email', action: stream ? 'block' : 'mask', shadow: true, count: 1 }])
    }
  })

  test('what models answer is counted by default', async () => {
    await rule('log', 'request')
    for (const stream of [false, true]) {
      const answer = await suite.post('/v1/chat/completions', { model: 'sandbox-gpt', stream, messages })
      expect(await answer.text()).toContain('anna')
      const { findings } = (await eventOf(answer)).detail as { findings: { location: string; action: string }[] }
      expect(findings.map(one => [one.location.split('.')[0], one.action])).toEqual([
        ['messages', 'log'],
        ['answer', 'log'],
      ])
    }
  })
})

/** The text that a stream's frames spell, whatever its dialect. */
function spoken(stream: string): string {
  let text = ''
  for (const line of stream.split('\n')) {
    if (!line.startsWith('data: {')) continue
    const event = JSON.parse(line.slice(6))
    text += event.choices?.[0]?.delta?.content ?? event.choices?.[0]?.text ?? ''
    text += typeof event.delta === 'string' ? event.delta : (event.delta?.text ?? '')
  }
  return text
}

test('tool calls that a model makes are read, whole and streamed', async () => {
  await rule('block', 'answer')
  const parameters = { type: 'object', properties: { to: { type: 'string', enum: [MAIL] } }, required: ['to'] }
  const tools = [{ type: 'function', function: { name: 'send_mail', description: 'Sends', parameters } }]
  const chat = { model: 'sandbox-gpt', tools, tool_choice: 'required', messages: [{ role: 'user', content: 'hello' }] }
  await rule('log', 'request')
  const allowed = await suite.post('/v1/chat/completions', chat)
  expect(await allowed.text()).toContain(MAIL)
  const { findings } = (await eventOf(allowed)).detail as { findings: { location: string }[] }
  expect(findings.map(one => one.location)).toContain('answer.choices.0.message.tool_calls.0.function.arguments')
  await rule('mask', 'answer')
  const whole = await suite.post('/v1/chat/completions', chat)
  expect([whole.status, (await whole.text()).includes('content_blocked')]).toEqual([403, true])
  const streamed = await suite.post('/v1/chat/completions', { ...chat, stream: true })
  expect(await streamed.text()).toContain('content_blocked')
})

test('a kept answer is read by the rules of today', async () => {
  await rule('log', 'request')
  const policy = { name: 'Keep', scope: 'organization' }
  await createCachePolicy({ ctx: suite.org.admin, input: policy })
  await suite.gateway.admin('POST', '/sync')
  for (const stream of [false, true]) {
    await rule('log', 'request')
    const body = { model: 'sandbox-gpt', temperature: 0, stream, messages }
    const first = await suite.post('/v1/chat/completions', body)
    await first.text()
    const second = await suite.post('/v1/chat/completions', body)
    await second.text()
    expect(second.headers.get('x-gatehouse-cache')).toMatch(/^hit/)
    await rule('block', 'answer')
    const third = await suite.post('/v1/chat/completions', body)
    const text = await third.text()
    expect(text).toContain('content_blocked')
  }
})
