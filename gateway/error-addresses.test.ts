import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite
beforeAll(async () => {
  suite = await startGovernedSuite({ GATEHOUSE_PUBLIC_URL: 'https://portal.example.com/' })
})
afterAll(() => suite?.stop())

const messages = [{ role: 'user', content: 'hi' }]
const docsOf = async (answer: Response) =>
  ((await answer.json()) as { error: { gatehouse: { docs: string } } }).error.gatehouse.docs
const page = (code: string) => `https://portal.example.com/docs/errors#${code}`

test('an error leads to the portal, whoever refuses and in whatever form', async () => {
  const unknown = { model: 'gpt-0', messages, max_tokens: 5 }
  expect(await docsOf(await suite.post('/v1/chat/completions', unknown))).toBe(page('model_not_found'))
  expect(await docsOf(await suite.post('/v1/messages', unknown))).toBe(page('model_not_found'))
  const keyless = await postJson(`${suite.gateway.url}/v1/responses`, 'gh_live_AAAAAAAAAAAA_x', unknown)
  expect(await docsOf(keyless)).toBe(page('invalid_api_key'))
  expect(await docsOf(await fetch(`${suite.gateway.url}/v1/nothing`))).toBe(page('unknown_path'))
})

test('so does the end of a stream that was cut, and the answer to what is no request', async () => {
  const body = { model: 'sandbox-gpt', messages, stream: true }
  const cut = await suite.post('/v1/chat/completions', body, { 'x-sandbox-fault': 'cut=3' })
  expect(await cut.text()).toContain('"docs":"https://portal.example.com/docs/errors#')
  const { hostname, port } = new URL(suite.gateway.url)
  const socket = connect(Number(port), hostname)
  socket.end('NONSENSE\r\n\r\n')
  expect(await text(socket)).toContain(page('bad_request'))
})
