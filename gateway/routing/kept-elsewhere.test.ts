import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RoutingSuite, startRoutingSuite } from '#test/routing-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withText } from '#test/scripted-provider.ts'

let suite: RoutingSuite
let provider: ScriptedProvider
beforeAll(async () => {
  suite = await startRoutingSuite({ GATEWAY_CIRCUIT_LEAST_CALLS: '2' })
  provider = await startScriptedProvider(suite)
  const modelIds = [provider.catalog.models['sandbox-gpt'], suite.catalog.models['sandbox-gpt']] as string[]
  await suite.route({ callableAs: 'either', modelIds })
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const thought = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' }
const ask = () =>
  suite.post('/v1/responses', {
    model: 'either',
    store: false,
    input: [{ role: 'user', content: 'hi' }, thought, { role: 'user', content: 'And now?' }],
  })
const refused = (code: string) =>
  withText(JSON.stringify({ error: { message: 'No.', type: 'invalid_request_error', param: null, code } }), 400)

test('thoughts that another deployment encrypted are put to the others, and nobody has failed', async () => {
  provider.answers(refused('invalid_encrypted_content'))
  for (let call = 0; call < 5; call++) {
    const answer = await ask()
    expect([answer.status, answer.headers.get('x-gatehouse-attempts')]).toEqual([200, '2'])
    expect(answer.headers.get('x-gatehouse-model')).toBe('sandbox-gpt')
    await answer.arrayBuffer()
  }
})

test('any other fault of a request is told, and not tried elsewhere', async () => {
  provider.answers(refused('invalid_value'))
  const answer = await ask()
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'invalid_value' } }])
})
