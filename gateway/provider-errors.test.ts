import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withText } from '#test/scripted-provider.ts'

let suite: GovernedSuite
let provider: ScriptedProvider

beforeAll(async () => {
  suite = await startGovernedSuite()
  provider = await startScriptedProvider(suite)
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const ASK = { messages: [{ role: 'user', content: 'hi' }], max_tokens: 5 }
const WIRES = [
  ['/v1/chat/completions', { model: 'scripted-sandbox-gpt', ...ASK }],
  ['/v1/responses', { model: 'scripted-sandbox-gpt', input: 'hi', store: false }],
  ['/v1/messages', { model: 'scripted-sandbox-claude', ...ASK }],
  ['/v1/embeddings', { model: 'scripted-sandbox-embed', input: 'hi' }],
] as const
/** As nobody would write it again: spaces, the order of fields, a field of tomorrow, escapes, an end of line. */
const BODY =
  '{ "error" : {"type":"odd_error","tomorrow":[1.0,null],\n"message":"No \\u00e9 caf\u00e9", "code":"odd" } }\n'

describe.each(WIRES)('an error of the provider on %s', (path, request) => {
  test.each([400, 404, 409, 422, 500, 503, 529])('with status %i reaches the client byte by byte', async status => {
    provider.answers(withText(BODY, status))
    for (const stream of path === '/v1/embeddings' ? [false] : [false, true]) {
      const answer = await suite.post(path, { ...request, stream })
      expect([answer.status, await answer.text()]).toEqual([status, BODY])
      expect(answer.headers.get('x-request-id')).toBeTruthy()
      expect(await eventOf(answer)).toMatchObject({ outcome: 'upstream_error', status, errorCode: 'odd' })
    }
  })
})

test('what is no JSON at all goes on as it is, too', async () => {
  const page = '<html><body>Bad gateway</body></html>'
  provider.answers(withText(page, 502, 'text/html'))
  const answer = await suite.post(WIRES[0][0], WIRES[0][1])
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([502, 'text/html', page])
})

test.each([
  ['/v1/messages', 'scripted-sandbox-gpt', 503, 529],
  ['/v1/chat/completions', 'scripted-sandbox-claude', 529, 503],
])(
  'overload reaches a client of %s, whose model speaks otherwise, with the status of its dialect',
  async (path, model, given, told) => {
    provider.answers(withText('{"error":{"type":"overloaded_error","message":"Full."}}', given))
    const answer = await suite.post(path, { model, ...ASK })
    expect(answer.status).toBe(told)
    expect(await answer.json()).toMatchObject({ error: { message: expect.stringContaining('Full.') } })
  },
)
