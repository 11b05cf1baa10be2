import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '#test/gateway.ts'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { AZURE_KEY, type AzureVendor, ENTRA, startAzureOpenAi } from '#test/vendors/azure-openai.ts'
import { checkBrokenChat, checkChat } from '#test/vendors/client-checks.ts'
import { startVendorSuite, type VendorSuite } from '#test/vendors/vendor-suite.ts'

let suite: VendorSuite
let azure: AzureVendor
beforeAll(async () => {
  suite = await startVendorSuite()
  azure = await startAzureOpenAi(suite.tls)
})
afterAll(async () => {
  await suite?.stop()
  await azure?.stop()
})

const DEPLOYMENT = 'chat prod'
const entra = (change: object = {}) => ({
  type: 'entra_client',
  ...ENTRA,
  authorityHost: azure.authority.url,
  ...change,
})
const ask = (model: string, content = 'Hello') =>
  postJson(`${suite.gateway.url}/v1/chat/completions`, suite.key, { model, messages: [{ role: 'user', content }] })

async function add(name: string, credential: unknown, path = '?api-version=2025-04-01-preview', upstream = DEPLOYMENT) {
  const provider = await suite.addProvider({ kind: 'azure_openai', baseUrl: azure.url + path, credential })
  await suite.addModel(provider.id, name, upstream, ['chat'])
  return provider
}

test.each([
  ['a key, by deployment', () => AZURE_KEY, '?api-version=2025-04-01-preview'],
  ['a key, without a version', () => AZURE_KEY, '/openai/v1'],
  ['Entra ID, by deployment', entra, '?api-version=2025-04-01-preview'],
  ['Entra ID, without a version', entra, '/openai/v1'],
])('with %s: plain, streamed with filter results, tools, and what breaks', async (words, credential, path) => {
  const name = `azure-${words.replace(/[^a-z]+/gi, '-').toLowerCase()}`
  const provider = await add(name, credential(), path)
  await checkChat(suite, name)
  await checkBrokenChat(suite, name, 'mid-stream')
  await checkBrokenChat(suite, name, 'cut')
  const filtered = await ask(name, '[filtered]')
  const body = (await filtered.json()) as { error: object }
  expect(filtered.status).toBe(400)
  expect(body.error).toMatchObject({ code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } })
  const last = azure.requests.at(-1)
  if (path.startsWith('?')) expect(last?.query.get('api-version')).toBe('2025-04-01-preview')
  expect(await suite.test(provider.id)).toMatchObject({ detail: 'The provider lists 1 model.', outcome: 'ok' })
})

test('one token serves many calls, and a refused one is replaced once', async () => {
  await add('azure-renewed', entra())
  const before = azure.issuer.issued
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('azure-renewed')))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(azure.issuer.issued - before).toBeLessThanOrEqual(1)
  azure.issuer.revoke()
  const renewed = await ask('azure-renewed')
  expect(renewed.status).toBe(200)
  expect((await eventOf(renewed)).detail).toMatchObject({ attempts: [{ status: 401 }, { status: 200 }] })
})

test('a token is renewed before it expires, while nobody asks', async () => {
  azure.issuer.lifetime = 4
  await add('azure-short', entra())
  expect((await ask('azure-short')).status).toBe(200)
  const before = azure.issuer.issued
  await until('the next token', () => azure.issuer.issued > before + 1)
  azure.issuer.lifetime = 3600
  const seen = azure.requests.length
  expect((await ask('azure-short')).status).toBe(200)
  expect(azure.requests.length).toBe(seen + 1)
})

test('a secret that Entra ID refuses is told by its code, and shown by nothing', async () => {
  const clientSecret = 'wrong-secret-that-stays-secret'
  const provider = await add('azure-refused', entra({ clientSecret }))
  const answer = await ask('azure-refused')
  const body = (await answer.json()) as { error: { message: string } }
  expect(answer.status).toBe(502)
  expect(body.error).toMatchObject({
    code: 'provider_credential_refused',
    message: expect.stringContaining('AADSTS7000215'),
  })
  expect(body.error.message).toContain(provider.name)
  const event = await eventOf(answer)
  expect(event).toMatchObject({ outcome: 'upstream_error', errorCode: 'provider_credential_refused' })
  const tested = await suite.test(provider.id)
  expect(tested).toMatchObject({ outcome: 'credential', detail: expect.stringContaining('AADSTS7000215') })
  const shown = JSON.stringify([body, tested, event.detail, suite.gateway.output()])
  expect(shown).not.toContain(clientSecret)
})

test('an issuer that is away is a failure of the provider, and a forbidden one is not asked', async () => {
  azure.issuer.failing = true
  const provider = await add('azure-away', entra())
  const answer = await ask('azure-away')
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { error: { code: 'provider_credential_unavailable' } },
  ])
  azure.issuer.failing = false
  await until('the provider serves again', async () => (await ask('azure-away')).status === 200)
  expect(provider.enabled).toBe(true)
  const metadata = await add('azure-metadata', entra({ authorityHost: 'https://169.254.169.254' }))
  expect(await suite.test(metadata.id)).toMatchObject({
    outcome: 'credential',
    detail: expect.stringContaining('no provider may have'),
  })
})

test('a deployment that is not there is told as that', async () => {
  const provider = await add('azure-mistyped', AZURE_KEY, '?api-version=2025-04-01-preview', 'chat-prd')
  expect(await suite.test(provider.id)).toMatchObject({
    outcome: 'model_missing',
    detail: expect.stringContaining('chat-prd'),
  })
  const answer = await ask('azure-mistyped')
  expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'DeploymentNotFound' } }])
})
