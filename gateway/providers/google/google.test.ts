import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postJson } from '#test/governed-suite.ts'
import { checkBrokenChat, checkBrokenMessages, checkChat, checkMessages } from '#test/vendors/client-checks.ts'
import { GEMINI_KEY, type GoogleVendor, startGoogle } from '#test/vendors/google.ts'
import { startVendorSuite, type VendorSuite } from '#test/vendors/vendor-suite.ts'

let suite: VendorSuite
let google: GoogleVendor
beforeAll(async () => {
  suite = await startVendorSuite()
  google = await startGoogle(suite.tls)
})
afterAll(async () => {
  await suite?.stop()
  await google?.stop()
})

const ask = (model: string, content: string) =>
  postJson(`${suite.gateway.url}/v1/chat/completions`, suite.key, { model, messages: [{ role: 'user', content }] })

describe('the Gemini API', () => {
  const add = async (credential: string) => {
    const provider = await suite.addProvider({ kind: 'google', baseUrl: google.url, credential })
    return provider
  }

  test('with a key: plain, streamed, tools, finish reasons, and errors out of their list', async () => {
    const provider = await add(GEMINI_KEY)
    await suite.addModel(provider.id, 'gemini', 'gemini-2.5-flash', ['chat'])
    await checkChat(suite, 'gemini')
    await checkBrokenChat(suite, 'gemini', 'mid-stream')
    await checkBrokenChat(suite, 'gemini', 'cut')
    const filtered = (await (await ask('gemini', '[filtered]')).json()) as { choices: object[] }
    expect(filtered.choices[0]).toMatchObject({ finish_reason: 'content_filter' })
    const overloaded = await ask('gemini', '[overloaded]')
    expect([overloaded.status, await overloaded.json()]).toMatchObject([
      503,
      { error: { message: 'The model is overloaded.', code: 'UNAVAILABLE' } },
    ])
    expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok', models: ['models/gemini-2.5-flash'] })
  })

  test('calls that another model made say that they have no signature, from either dialect', async () => {
    const provider = await add(GEMINI_KEY)
    await suite.addModel(provider.id, 'gemini-3', 'gemini-3-pro-preview', ['chat'])
    const called = { id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } }
    const bodies = {
      '/v1/chat/completions': [
        { role: 'assistant', content: null, tool_calls: [called] },
        { role: 'tool', tool_call_id: 'a', content: 'seen' },
      ],
      '/v1/messages': [
        { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'look', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'seen' }] },
      ],
    }
    for (const [path, turns] of Object.entries(bodies)) {
      const messages = [{ role: 'user', content: 'Look' }, ...turns]
      await postJson(suite.gateway.url + path, suite.key, { model: 'gemini-3', max_tokens: 50, messages })
      const signature = { google: { thought_signature: expect.any(String) } }
      expect([path, google.requests.at(-1)?.body]).toMatchObject([
        path,
        {
          model: 'gemini-3-pro-preview',
          messages: [{}, { tool_calls: [{ ...called, extra_content: signature }] }, {}],
        },
      ])
    }
  })

  test('that refuses its key with a 400, as it does, is told as that', async () => {
    const provider = await add('AIza-a-wrong-key')
    expect(await suite.test(provider.id)).toMatchObject({ outcome: 'credential' })
  })
})

describe('Vertex AI', () => {
  const account = (change: object = {}) => ({
    type: 'google_service_account',
    serviceAccount: JSON.stringify({ ...google.keyFile, ...change }),
  })
  const add = (credential: unknown) => suite.addProvider({ kind: 'google', baseUrl: google.vertexUrl, credential })

  test('with a service account: Gemini by chat and Claude by messages, with one token', async () => {
    const provider = await add(account())
    expect(provider).toMatchObject({ region: 'europe-west4' })
    await suite.addModel(provider.id, 'vertex-gemini', 'gemini-2.5-flash', ['chat'])
    await suite.addModel(provider.id, 'vertex-claude', 'claude-opus@4', ['messages'])
    await checkChat(suite, 'vertex-gemini')
    await checkMessages(suite, 'vertex-claude')
    await checkChat(suite, 'vertex-claude')
    await checkBrokenMessages(suite, 'vertex-claude', 'cut')
    expect(google.issuer.issued).toBe(1)
    google.issuer.revoke()
    await checkChat(suite, 'vertex-gemini')
    expect(google.issuer.issued).toBe(2)
    const rejected = suite.anthropic.messages.create({
      model: 'vertex-claude',
      max_tokens: 5,
      messages: [{ role: 'user', content: '[rejected]' }],
    })
    await expect(rejected).rejects.toMatchObject({
      status: 400,
      error: { error: { type: 'invalid_request_error', message: 'max_tokens: too large' } },
    })
    expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
    await suite.addModel(provider.id, 'vertex-mistyped', 'claude-opsu', ['messages'])
    expect(await suite.test(provider.id)).toMatchObject({
      outcome: 'model_missing',
      detail: expect.stringContaining('claude-opsu'),
    })
    const missing = suite.anthropic.messages.create({
      model: 'vertex-mistyped',
      max_tokens: 5,
      messages: [{ role: 'user', content: 'Hi' }],
    })
    await expect(missing).rejects.toMatchObject({ status: 404, error: { error: { type: 'not_found_error' } } })
  })

  test('makes embeddings by predict, for several texts, as numbers and as base64', async () => {
    const provider = await add(account())
    await suite.addModel(provider.id, 'vertex-embedding', 'text-embedding-005', ['embeddings'])
    const input = ['one', 'two']
    const made = await suite.openai.embeddings.create({ model: 'vertex-embedding', input, dimensions: 2 })
    expect(made.data.map(({ embedding }) => embedding)).toEqual([
      [0.25, 0.25],
      [1.25, 1.25],
    ])
    expect(made.usage).toEqual({ prompt_tokens: 8, total_tokens: 8 })
    expect(google.requests.at(-1)?.body).toEqual({
      instances: [{ content: 'one' }, { content: 'two' }],
      parameters: { outputDimensionality: 2 },
    })
    const plain = { model: 'vertex-embedding', input: 'one', encoding_format: 'float' as const }
    expect((await suite.openai.embeddings.create(plain)).data[0]?.embedding).toEqual([0.25, 0.25, 0.25])
    await expect(suite.openai.embeddings.create({ ...plain, input: [1, 2] })).rejects.toMatchObject({
      status: 400,
      code: 'untranslatable',
      param: 'input',
    })
    expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
  })

  test('with an account that Google refuses says so without its words', async () => {
    const provider = await add(account({ client_email: 'somebody@else.example' }))
    const tested = await suite.test(provider.id)
    expect(tested).toMatchObject({ outcome: 'credential', detail: expect.stringContaining('invalid_grant') })
    expect(JSON.stringify([tested, suite.gateway.output()])).not.toContain('eyJ')
  })
})
