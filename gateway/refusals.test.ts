import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKey } from '#core/api-key.ts'
import type { ConfigDocumentInput } from '#core/contracts/config-documents.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { publishConfig, withdrawConfig } from '#lib/platform/config-publish.ts'
import { databases } from '#lib/platform/database.ts'
import { publishSandboxCatalog, SANDBOX_CREDENTIAL } from '#test/catalog.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { makeOrganization } from '#test/organization.ts'

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

/** Calls until the gateway knows a key that was just issued. */
async function known(key: string): Promise<void> {
  await until('the key is known', async () => {
    const answer = await fetch(`${suite.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
    await answer.arrayBuffer()
    return answer.ok
  })
}

/** Calls with a key until the answer has a status. */
function answeredWith(status: number, key: string): Promise<Response> {
  return until(`status ${status}`, async () => {
    const answer = await postJson(suite.gateway.url + CHAT, key, hello)
    if (answer.status === status) return answer
    await answer.arrayBuffer()
    return null
  })
}

/** A well-formed key whose public id is in force with another secret. */
async function keyWithWrongSecret(): Promise<string> {
  const { system } = databases()
  const { id } = await suite.issue()
  const row = await system.gatewayConfig.findFirstOrThrow({ where: { kind: 'key', id } })
  const made = makeKey('live')
  const doc = { ...(row.doc as ConfigDocumentInput<'key'>), publicId: made.publicId }
  await system.$transaction(tx => publishConfig(tx, suite.org.admin, 'key', id, doc))
  return made.key
}

describe('who may call', () => {
  test.each(['authorization', 'x-api-key', 'api-key'])('a key in %s', async header => {
    const value = header === 'authorization' ? `bearer ${suite.key}` : suite.key
    for (const [path, model] of [
      [CHAT, 'sandbox-gpt'],
      [MESSAGES, 'sandbox-claude'],
    ] as const) {
      const answer = await fetch(suite.gateway.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [header]: value },
        body: JSON.stringify({ ...hello, model, max_tokens: 5 }),
      })
      expect(answer.status).toBe(200)
      await answer.arrayBuffer()
    }
  })

  test('nobody without a key, on no path', async () => {
    for (const path of [CHAT, MESSAGES, '/v1/embeddings', '/responses', '/anthropic/v1/messages/count_tokens']) {
      const answer = await fetch(suite.gateway.url + path, { method: 'POST', body: JSON.stringify(hello) })
      expect(await refusal(answer)).toMatchObject({ status: 401, code: 'missing_api_key' })
    }
    expect((await fetch(`${suite.gateway.url}/v1/models`)).status).toBe(401)
  })

  test('an unknown key and a wrong secret are told the same', async () => {
    const wrongSecret = await keyWithWrongSecret()
    await suite.gateway.admin('POST', '/sync')
    const answers = await Promise.all(
      ['gh_live_AAAAAAAAAAAA_x', 'sk-1234', makeKey('live').key, wrongSecret].map(async key =>
        refusal(await postJson(suite.gateway.url + CHAT, key, hello)),
      ),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 401, code: 'invalid_api_key' })
  })

  test('a revoked key is told so, and leaves evidence', async () => {
    const { id, key } = await suite.issue()
    await known(key)
    await revokeKey({ ctx: suite.org.admin, input: { id } })
    const answer = await answeredWith(401, key)
    expect(await eventOf(answer)).toMatchObject({
      outcome: 'refused',
      usageState: 'none',
      errorCode: 'revoked_api_key',
    })
    expect((await refusal(answer)).code).toBe('revoked_api_key')
  })

  test('not from another address than the allowed ones', async () => {
    const { key } = await suite.issue({ ipAllowList: ['10.0.0.0/8'] })
    const answer = await answeredWith(403, key)
    expect((await refusal(answer)).code).toBe('address_not_allowed')
    const { key: allowed } = await suite.issue({ ipAllowList: ['127.0.0.0/8'] })
    await known(allowed)
  })

  test('not when its team is not known here', async () => {
    const org = await makeOrganization()
    await publishSandboxCatalog(org, { url: suite.sandbox.url })
    const { key } = await issueKey({ ctx: org.admin, input: { name: 'x', teamId: org.teamId } })
    await known(key)
    await databases().system.$transaction(tx => withdrawConfig(tx, org.admin, 'team', org.teamId))
    const answer = await answeredWith(403, key)
    expect((await refusal(answer)).code).toBe('team_inactive')
  })
})

describe('which models', () => {
  test('the list has what the key may call, with aliases', async () => {
    const { key } = await suite.issue({ modelIds: [suite.catalog.models['sandbox-gpt']] })
    await known(key)
    const get = async (path: string) =>
      fetch(suite.gateway.url + path, { headers: { authorization: `Bearer ${key}` } }).then(answer => answer.json())
    const list = (await get('/v1/models')) as { object: string; data: { id: string }[] }
    expect(list).toMatchObject({ object: 'list', data: [{ id: 'default' }, { id: 'sandbox-gpt' }] })
    expect(await get('/models/sandbox-gpt')).toMatchObject({ id: 'sandbox-gpt', object: 'model' })
    expect(await get('/v1/models/sandbox-claude')).toMatchObject({ error: { code: 'model_not_found' } })
    const answer = await postJson(suite.gateway.url + MESSAGES, key, { ...hello, model: 'claude', max_tokens: 5 })
    expect(await refusal(answer)).toMatchObject({ status: 403, code: 'model_not_allowed' })
  })

  test('a model on a wire that nothing translates to says which path to use', async () => {
    const chat = await refusal(await suite.post(CHAT, { ...hello, model: 'sandbox-embed' }))
    expect(chat).toMatchObject({
      status: 400,
      code: 'wrong_dialect',
      message: expect.stringContaining('/v1/embeddings'),
    })
    const messages = await suite.post(MESSAGES, { ...hello, model: 'sandbox-embed' })
    expect(await messages.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } })
  })
})

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
