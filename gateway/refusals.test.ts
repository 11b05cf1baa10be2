import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SANDBOX_CREDENTIAL } from '#test/catalog.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite({ GATEWAY_MAX_BODY_BYTES: '20000', LOG_LEVEL: 'trace' })
})

afterAll(() => suite?.stop())

const CHAT = '/v1/chat/completions'

const MESSAGES = '/v1/messages'

const hello = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }

async function refusal(answer: Response): Promise<{ status: number; code: string; message: string; param: unknown }> {
  const body = (await answer.json()) as { error: { code: string; message: string; param: unknown } }
  return { status: answer.status, code: body.error.code, message: body.error.message, param: body.error.param }
}

describe('what is wrong with the request', () => {
  test.each([
    ['no JSON', '{"model":', 400, 'invalid_json', null],
    ['an array', '[]', 400, 'invalid_body', null],
    ['no model', '{}', 400, 'invalid_field', 'model'],
    ['a number for the model', '{"model":1}', 400, 'invalid_field', 'model'],
    ['a text for stream', '{"model":"sandbox-gpt","stream":"yes"}', 400, 'invalid_field', 'stream'],
    ['a negative limit', '{"model":"sandbox-gpt","max_tokens":-1}', 400, 'invalid_field', 'max_tokens'],
    ['an unknown model', '{"model":"gpt-0"}', 404, 'model_not_found', 'model'],
    ['too large a body', `{"model":"${'x'.repeat(30_000)}"}`, 413, 'request_too_large', null],
  ])('%s', async (_, body, status, code, param) => {
    for (const path of [CHAT, MESSAGES]) {
      const answer = await suite.post(path, body)
      if (path === MESSAGES) expect((await answer.clone().json()).type).toBe('error')
      expect(await refusal(answer)).toMatchObject({ status, code, param })
    }
  })

  test('a wrong content type, path and method', async () => {
    const text = await suite.post(CHAT, 'hello', { 'content-type': 'text/plain' })
    expect(await refusal(text)).toMatchObject({ status: 415 })
    expect(await refusal(await suite.post('/v1/nothing', {}))).toMatchObject({ status: 404, code: 'unknown_path' })
    const answer = await fetch(suite.gateway.url + CHAT)
    expect(answer.headers.get('allow')).toBe('POST')
    expect(await refusal(answer)).toMatchObject({ status: 405 })
    expect(await (await suite.post('/anthropic/nothing', {})).json()).toMatchObject({ type: 'error' })
  })

  test('a header that attributes badly', async () => {
    const answer = await suite.post(CHAT, hello, { 'x-gatehouse-workload': 'x'.repeat(200) })
    expect(await refusal(answer)).toMatchObject({ status: 400, param: 'x-gatehouse-workload' })
  })

  test.each([
    [CHAT, 'sandbox-gpt'],
    [MESSAGES, 'sandbox-claude'],
  ])('headers that attribute well are in the evidence of %s', async (path, model) => {
    const good = await suite.post(
      path,
      { ...hello, model, max_tokens: 5 },
      {
        'x-gatehouse-workload': 'billing',
        'x-gatehouse-use-case': 'claims',
        'x-gatehouse-user': 'u-1',
        'x-gatehouse-session': 's-1',
      },
    )
    await good.arrayBuffer()
    expect(await eventOf(good)).toMatchObject({
      workload: 'billing',
      useCase: 'claims',
      endUser: 'u-1',
      session: 's-1',
    })
  })

  test('a header bomb', async () => {
    const { port } = new URL(suite.gateway.url)
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('data', chunk => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
      socket.write(`POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-bomb: ${'b'.repeat(40_000)}\r\n\r\n`)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer).toContain('headers_too_large')
  })

  test('whatever the body is, the answer is an error in the dialect or the provider’s', async () => {
    const value = fc.jsonValue()
    const body = fc.oneof(
      fc.string({ maxLength: 400 }),
      value.map(one => JSON.stringify(one)),
      fc
        .record({
          model: fc.oneof(fc.constant('sandbox-gpt'), value),
          stream: value,
          max_tokens: value,
          messages: value,
        })
        .map(one => JSON.stringify(one)),
    )
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(CHAT, MESSAGES, '/v1/responses', '/v1/embeddings'), async (text, path) => {
        const answer = await suite.post(path, text)
        await answer.text()
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
    expect((await suite.post(CHAT, hello)).status).toBe(200)
  })
})

test('no secret is ever in the output', async () => {
  const output = suite.gateway.output()
  expect(output).toContain('gateway is listening')
  for (const secret of [suite.key, suite.key.slice(-38), SANDBOX_CREDENTIAL, process.env.GATEHOUSE_SECRET_KEY ?? '?']) {
    expect(output).not.toContain(secret)
  }
  expect(output).not.toMatch(/gh_live_\w{12}_\w{10}/)
})
