import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GuardrailAction } from '#core/guardrails/decide.ts'
import { createCachePolicy } from '#lib/cache/create-policy.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listDetectors } from '#lib/detectors/queries.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withStream } from '#test/scripted-provider.ts'

let suite: GovernedSuite
let provider: ScriptedProvider

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  provider = await startScriptedProvider(suite)
  await rule('block')
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

async function rule(action: GuardrailAction): Promise<void> {
  const { admin } = suite.org
  const found = (await listDetectors(admin)).find(one => one.detector === 'email')
  const actions = { Public: action, Internal: action, Restricted: action }
  await updateDetector({ ctx: admin, input: { id: found?.id, actions, appliesTo: 'answer', shadow: false } })
  await suite.gateway.admin('POST', '/sync')
}

/** Three times what the gateway's own thread reads; each says which one it is. */
const large = (name: string) =>
  `${name} begins. ${'The shelves are full and the doors are shut. '.repeat(4_500)}${name} ends. `
const MAIL = 'anna.lovelace@example.com'
const USAGE = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }

/** A chat's stream that says these texts, a delta each; all of it comes at once. */
function says(...texts: string[]) {
  const chunk = (delta: object, finish: string | null = null) => ({
    id: 'c',
    object: 'chat.completion.chunk',
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  const events = [...texts.map(content => chunk({ content })), chunk({}, 'stop'), { choices: [], usage: USAGE }]
  return withStream(events, 'data: [DONE]\n\n')
}

/** What a client of these paths gets: its text, and whether the stream ended as streams do. */
const PATHS = [
  ['a chat', '/v1/chat/completions', '[DONE]'],
  ['a translated message', '/v1/messages', 'message_stop'],
] as const

async function ask(path: string): Promise<{ answer: Response; text: string; said: string }> {
  const messages = [{ role: 'user', content: `hello ${path}` }]
  const body = { model: 'scripted-sandbox-gpt', max_tokens: 9, temperature: 0, stream: true, messages }
  const answer = await suite.post(path, body)
  const text = await answer.text()
  return { answer, text, said: spoken(text) }
}

function spoken(stream: string): string {
  let text = ''
  for (const line of stream.split('\n')) {
    if (!line.startsWith('data: {')) continue
    const event = JSON.parse(line.slice(6))
    text += event.choices?.[0]?.delta?.content ?? event.delta?.text ?? ''
  }
  return text
}

describe.each(PATHS)('%s with deltas that a thread reads', (_, path, ending) => {
  test('comes whole and in order', async () => {
    const texts = ['One. ', large('Two'), 'Three. ', large('Four'), large('Five'), 'Six.']
    provider.answers(says(...texts))
    const { answer, text, said } = await ask(path)
    expect(said === texts.join('')).toBe(true)
    expect(text).toContain(ending)
    expect(await eventOf(answer)).toMatchObject({ outcome: 'ok', usageState: 'measured', outputTokens: 4 })
  })

  test('ends before one that holds what a rule blocks', async () => {
    provider.answers(says('One. ', large('Two'), `${large('Three')} Write to ${MAIL} soon.`, 'Four.'))
    const { answer, text, said } = await ask(path)
    expect(said).toBe(`One. ${large('Two')}`)
    expect(text).toContain('content_blocked')
    expect(text).not.toContain(ending)
    const event = await eventOf(answer)
    expect(event).toMatchObject({ outcome: 'refused', errorCode: 'content_blocked' })
    expect(JSON.stringify(event.detail)).not.toContain(MAIL)
  })

  test('ends before the delta that completes what one of them began', async () => {
    provider.answers(says('One. ', `${large('Two')} Write to anna.lovelace@exa`, 'mple.com soon.', 'Three.'))
    const { text, said } = await ask(path)
    expect(said.endsWith('anna.lovelace@exa')).toBe(true)
    expect(text).toContain('content_blocked')
  })
})

test('a great many short ones in one frame are read in a thread as well', async () => {
  const choices = Array.from({ length: 2_000 }, (_, index) => ({ index, delta: { content: `Choice ${index}. ` } }))
  const all = (last: string) => [{ choices: [...choices, { index: 2_000, delta: { content: last } }] }]
  const end = [{ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }, { choices: [], usage: USAGE }]
  provider.answers(withStream([...all('Done.'), ...end], 'data: [DONE]\n\n'))
  expect((await ask('/v1/chat/completions')).text).toContain('[DONE]')
  provider.answers(withStream([...all(`Write to ${MAIL}.`), ...end], 'data: [DONE]\n\n'))
  const { text } = await ask('/v1/chat/completions')
  expect([text.includes('content_blocked'), text.includes('Choice 7.')]).toEqual([true, false])
})

test('a kept stream with such deltas is read by the rules of today', async () => {
  await createCachePolicy({ ctx: suite.org.admin, input: { name: 'Keep', scope: 'organization' } })
  await rule('log')
  provider.answers(says('One. ', `${large('Two')} Write to ${MAIL} soon. `, 'Three.'))
  await ask('/v1/chat/completions')
  const kept = await ask('/v1/chat/completions')
  expect(kept.answer.headers.get('x-gatehouse-cache')).toMatch(/^hit/)
  expect(kept.said).toContain('Three.')
  await rule('block')
  expect((await ask('/v1/chat/completions')).text).toContain('content_blocked')
})
