import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withStream, withText } from '#test/scripted-provider.ts'

let suite: GovernedSuite
let provider: ScriptedProvider
beforeAll(async () => {
  suite = await startGovernedSuite()
  provider = await startScriptedProvider(suite, { kind: 'openai_compatible', allowPrivateNetwork: true })
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const USAGE = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }
const told = withStream(
  [
    { id: 'c', choices: [{ index: 0, delta: { content: 'Hi' } }] },
    { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: USAGE },
  ],
  'data: [DONE]\n\n',
)
const detail = [{ type: 'extra_forbidden', loc: ['body', 'stream_options', 'include_usage'], msg: 'Not permitted' }]
const refused = withText(JSON.stringify({ object: 'error', message: { detail } }), 422)

/** A provider that does not know the option, as Mistral does not; its streams tell their usage all the same. */
function withoutOption(response: ServerResponse): void {
  ;(provider.last.body.includes('stream_options') ? refused : told)(response)
}

const ask = (path: string, more: object = {}) =>
  suite.post(path, {
    model: 'scripted-sandbox-gpt',
    messages: [{ role: 'user', content: 'hi' }],
    max_tokens: 5,
    stream: true,
    ...more,
  })
const USED = { include_usage: true }

async function isAnswered(answer: Response, attempts: string): Promise<void> {
  expect([answer.status, answer.headers.get('x-gatehouse-attempts')]).toEqual([200, attempts])
  expect(await answer.text()).toContain('Hi')
  expect(await eventOf(answer)).toMatchObject({ outcome: 'ok', usageState: 'measured', outputTokens: 4 })
}

test('an error that names the option for another reason is told, and nothing is learnt from it', async () => {
  provider.answers(refused)
  const answer = await ask('/v1/chat/completions')
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('extra_forbidden')])
  provider.answers(told)
  await isAnswered(await ask('/v1/chat/completions'), '1')
  expect(JSON.parse(provider.last.body)).toMatchObject({ stream_options: USED })
})

test('what a client asks for besides is its own affair', async () => {
  provider.answers(withoutOption)
  const answer = await ask('/v1/chat/completions', { stream_options: { include_obfuscation: false } })
  expect([answer.status, answer.headers.get('x-gatehouse-attempts')]).toEqual([422, '1'])
  await answer.arrayBuffer()
})

test('a provider that refuses to be asked for the usage of a stream is asked without, and not again', async () => {
  provider.answers(withoutOption)
  await isAnswered(await ask('/v1/chat/completions'), '2')
  await isAnswered(await ask('/v1/chat/completions'), '1')
  await isAnswered(await ask('/v1/chat/completions', { stream_options: USED }), '1')
  await isAnswered(await ask('/v1/messages'), '1')
})
