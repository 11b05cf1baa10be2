import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seal } from '#core/secrets.ts'
import { databases } from '#lib/platform/database.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { publishProvider } from '#lib/providers/publish-provider.ts'
import { changeModel } from '#test/catalog.ts'
import { until, untilVersion } from '#test/gateway.ts'
import { postJson } from '#test/governed-suite.ts'
import { BEDROCK_KEY, CLAUDE, COHERE, NOVA, startBedrock, TITAN } from '#test/vendors/aws-bedrock.ts'
import { AWS_KEYS, AWS_REGION } from '#test/vendors/aws-signature-check.ts'
import { checkBrokenChat, checkBrokenMessages, checkChat, checkMessages } from '#test/vendors/client-checks.ts'
import type { VendorServer } from '#test/vendors/vendor-server.ts'
import { startVendorSuite, type VendorSuite } from '#test/vendors/vendor-suite.ts'

let suite: VendorSuite
let bedrock: VendorServer
beforeAll(async () => {
  suite = await startVendorSuite()
  bedrock = await startBedrock()
})
afterAll(async () => {
  await suite?.stop()
  await bedrock?.stop()
})

const SIGNED = { type: 'aws_keys', ...AWS_KEYS }
const add = (credential: unknown, path = '') =>
  suite.addProvider({ kind: 'aws_bedrock', baseUrl: bedrock.url + path, region: AWS_REGION, credential })
const ask = (model: string, content: string, more: object = {}) =>
  postJson(`${suite.gateway.url}/v1/chat/completions`, suite.key, {
    model,
    messages: [{ role: 'user', content }],
    ...more,
  })

describe.each([
  ['signed', SIGNED],
  ['keyed', BEDROCK_KEY],
])('%s requests', (name, credential) => {
  test('Claude by InvokeModel and Nova by Converse, by both clients', async () => {
    const provider = await add(credential)
    await suite.addModel(provider.id, `claude-${name}`, CLAUDE, ['messages'])
    await suite.addModel(provider.id, `nova-${name}`, NOVA, ['chat'])
    await checkMessages(suite, `claude-${name}`)
    await checkChat(suite, `claude-${name}`)
    await checkChat(suite, `nova-${name}`)
    expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
  })
})

test('embeddings of Titan and Cohere by InvokeModel, as numbers and as base64', async () => {
  const provider = await add(SIGNED)
  await suite.addModel(provider.id, 'titan', TITAN, ['embeddings'])
  await suite.addModel(provider.id, 'cohere', COHERE, ['embeddings'])
  const { embeddings } = suite.openai
  const titan = await embeddings.create({ model: 'titan', input: 'one', dimensions: 3, user: 'u' })
  expect(titan).toMatchObject({ data: [{ index: 0, embedding: [0, 0.25, 0.5] }], usage: { prompt_tokens: 5 } })
  const cohere = await embeddings.create({ model: 'cohere', input: ['one', 'two'] })
  expect(cohere).toMatchObject({ data: [{ embedding: [0, 0.5] }, { embedding: [1, 0.5] }], usage: { total_tokens: 9 } })
  expect(bedrock.requests.at(-1)?.body).toEqual({
    texts: ['one', 'two'],
    input_type: 'search_document',
    embedding_types: ['float'],
  })
  const plain = await embeddings.create({ model: 'titan', input: 'one', encoding_format: 'float' })
  expect(plain.data[0]?.embedding).toEqual([0, 0.25, 0.5, 0.75])
  await expect(embeddings.create({ model: 'titan', input: ['one', 'two'] })).rejects.toMatchObject({
    status: 400,
    code: 'untranslatable',
    param: 'input',
  })
  expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
})

test('the compatible endpoint takes signed requests too', async () => {
  const provider = await add(SIGNED, '/openai/v1')
  await suite.addModel(provider.id, 'gpt-oss', 'openai.gpt-oss-120b-1:0', ['chat'])
  await checkChat(suite, 'gpt-oss')
  expect(bedrock.requests.at(-1)?.path).toBe('/openai/v1/chat/completions')
  expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
})

test.each(['mid-stream', 'cut'])('a stream that ends %s is an error in each dialect', async fault => {
  await checkBrokenMessages(suite, 'claude-signed', fault)
  await checkBrokenChat(suite, 'claude-signed', fault)
  await checkBrokenChat(suite, 'nova-signed', fault)
})

test('betas go into the body, and errors come in the dialect of the client', async () => {
  const request = { model: 'claude-signed', max_tokens: 5, messages: [{ role: 'user' as const, content: 'Hello' }] }
  await suite.anthropic.messages.create(request, { headers: { 'anthropic-beta': 'context-1m, files-api' } })
  const last = bedrock.requests.at(-1)
  expect(last?.body.anthropic_beta).toEqual(['context-1m', 'files-api'])
  const throttled = [{ role: 'user' as const, content: '[overloaded]' }]
  await expect(suite.anthropic.messages.create({ ...request, messages: throttled })).rejects.toMatchObject({
    status: 429,
    error: { error: { type: 'rate_limit_error', message: 'ThrottlingException: Too many requests' } },
  })
  await expect(
    suite.openai.chat.completions.create({ model: 'nova-signed', messages: throttled }),
  ).rejects.toMatchObject({
    status: 429,
    code: 'ThrottlingException',
  })
})

test('what Converse cannot carry is refused by its name, and what it leaves out is named', async () => {
  const refused = await ask('nova-signed', 'Hello', { response_format: { type: 'json_object' } })
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { error: { code: 'untranslatable', param: 'response_format' } },
  ])
  const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }
  const fetched = await postJson(`${suite.gateway.url}/v1/chat/completions`, suite.key, {
    model: 'nova-signed',
    messages: [{ role: 'user', content: [image] }],
  })
  expect([fetched.status, await fetched.json()]).toMatchObject([
    400,
    { error: { param: 'messages.content.image_url' } },
  ])
  const carried = await ask('nova-signed', 'Hello', { seed: 7, user: 'u' })
  expect(carried.headers.get('x-gatehouse-translated')).toBe('chat to aws_bedrock; dropped: seed, user')
})

test('what Converse cannot carry is left to the route’s other models, and to no substitute for an outage', async () => {
  const provider = await add(SIGNED)
  const ids: Record<string, string> = {}
  for (const [identifier, upstreamModel] of [
    ['oss', 'openai.gpt-oss-120b-1:0'],
    ['nova', NOVA],
  ] as const) {
    const compatible = identifier === 'oss' ? (await add(SIGNED, '/openai/v1')).id : provider.id
    await suite.addModel(compatible, `${identifier}-choice`, upstreamModel, ['chat'])
    const found = await databases().system.model.findFirstOrThrow({ where: { identifier: `${identifier}-choice` } })
    ids[identifier] = found.id
  }
  const reach = async (version: bigint) => untilVersion(suite.gateway, version)
  const substitutes = [{ modelId: ids.oss as string, when: ['outage' as const] }]
  await reach(await changeModel(suite.org, ids.nova as string, { substitutes }))
  const format = { response_format: { type: 'json_object' } }
  for (const [param, more] of [
    ['n', { n: 2 }],
    ['response_format', format],
  ] as const) {
    const refused = await ask('nova-choice', 'Hello', more)
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: 'untranslatable', param } }])
  }
  const explained = await suite.gateway.admin('POST', '/explain', {
    ...{ organizationId: suite.org.id, model: 'nova-choice', answers: 2 },
  })
  expect(explained.body).toMatchObject({
    refusal: { status: 400, code: 'untranslatable' },
    candidates: [
      { identifier: 'nova-choice', leftOut: [{ code: 'several_answers' }] },
      { identifier: 'oss-choice', leftOut: [{ code: 'outages_only' }] },
    ],
  })
})

test('a wrong signature is told apart from a missing model, and quotes no token', async () => {
  const sessionToken = 'another-session-token-that-stays-secret'
  const wrong = await add({ ...SIGNED, sessionToken })
  await suite.addModel(wrong.id, 'nova-refused', NOVA, ['chat'])
  expect(await suite.test(wrong.id)).toMatchObject({ outcome: 'credential' })
  const answer = await ask('nova-refused', 'Hello')
  const text = await answer.text()
  expect([answer.status, text]).toMatchObject([403, expect.stringContaining('[credential]')])
  expect(text + suite.gateway.output()).not.toContain(sessionToken)
  const mistyped = await add(SIGNED)
  await suite.addModel(mistyped.id, 'nova-mistyped', 'amazon.nova-por', ['chat'])
  expect(await suite.test(mistyped.id)).toMatchObject({
    outcome: 'model_missing',
    detail: expect.stringContaining('nova-por'),
  })
})

test('an identity that is not lent lets no call through, and says who could lend it', async () => {
  const provider = await add(SIGNED)
  await suite.addModel(provider.id, 'nova-lent', NOVA, ['chat'])
  await publishLent(provider.id)
  const refused = () => ask('nova-lent', 'Hello')
  const answer = await until('the gateway has the credential', async () => {
    const given = await refused()
    return given.status === 200 ? null : given
  })
  const { error } = (await answer.json()) as { error: object }
  expect(error).toMatchObject({
    code: 'provider_credential_refused',
    message: expect.stringContaining('GATEHOUSE_LENT_IDENTITIES=aws'),
  })
})

/** What the portal refuses to save, as a configuration that somebody else wrote would have it. */
async function publishLent(providerId: string): Promise<void> {
  const credential = seal(secretKey('credential'), `provider:${providerId}`, JSON.stringify({ type: 'aws_default' }))
  await databases().system.$transaction(async tx => {
    const provider = await tx.provider.update({ where: { id: providerId }, data: { credential } })
    await publishProvider(tx, suite.org.admin, provider)
  })
}
