import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { ANTHROPIC_KEY, startAnthropic } from '#test/vendors/anthropic.ts'
import { checkBrokenChat, checkBrokenMessages, checkChat, checkMessages } from '#test/vendors/client-checks.ts'
import { OPENAI_KEY, startOpenAi } from '#test/vendors/openai.ts'
import { COMPATIBLE_KEY, startOpenAiCompatible } from '#test/vendors/openai-compatible.ts'
import type { VendorServer } from '#test/vendors/vendor-server.ts'
import { startVendorSuite, type VendorSuite } from '#test/vendors/vendor-suite.ts'

let suite: VendorSuite
const vendors: VendorServer[] = []
beforeAll(async () => {
  suite = await startVendorSuite()
})
afterAll(async () => {
  await suite?.stop()
  await Promise.all(vendors.map(vendor => vendor.stop()))
})

async function started(vendor: Promise<VendorServer>): Promise<VendorServer> {
  const server = await vendor
  vendors.push(server)
  return server
}

const ASK = { max_tokens: 50, messages: [{ role: 'user' as const, content: 'Hello' }] }

describe('OpenAI', () => {
  test('is called with its key, organization and project, by its own client', async () => {
    const vendor = await started(startOpenAi())
    const credential = { type: 'api_key', apiKey: OPENAI_KEY, organization: 'org-northwind', project: 'proj-gateway' }
    const provider = await suite.addProvider({ kind: 'openai', baseUrl: `${vendor.url}/v1`, credential })
    await suite.addModel(provider.id, 'openai-model', 'gpt-5.2', ['chat'])
    await checkChat(suite, 'openai-model')
    await checkBrokenChat(suite, 'openai-model', 'mid-stream')
    await checkBrokenChat(suite, 'openai-model', 'cut')
    const calls = vendor.requests.filter(({ method }) => method === 'POST')
    for (const { headers } of calls) {
      expect(headers).toMatchObject({ 'openai-organization': 'org-northwind', 'openai-project': 'proj-gateway' })
    }
    expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok', models: ['gpt-5.2'] })
    await suite.addModel(provider.id, 'openai-mistyped', 'gpt-5.2-typo', ['chat'])
    const missing = await suite.test(provider.id)
    expect(missing).toMatchObject({
      outcome: 'model_missing',
      detail: expect.stringContaining('gpt-5.2-typo'),
    })
    const call = suite.openai.chat.completions.create({ model: 'openai-mistyped', ...ASK })
    await expect(call).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  })

  test('that refuses its key quotes it to nobody', async () => {
    const vendor = await started(startOpenAi())
    const apiKey = 'sk-a-wrong-key-that-is-secret'
    const provider = await suite.addProvider({ kind: 'openai', baseUrl: `${vendor.url}/v1`, credential: apiKey })
    await suite.addModel(provider.id, 'openai-refusing', 'gpt-5.2', ['chat'])
    const answer = await postJson(`${suite.gateway.url}/v1/chat/completions`, suite.key, {
      model: 'openai-refusing',
      ...ASK,
    })
    const text = await answer.text()
    expect([answer.status, text]).toMatchObject([401, expect.stringContaining('[credential]')])
    const shown = JSON.stringify(
      [text, await eventOf(answer), await suite.test(provider.id), suite.gateway.output()],
      (_, value) => (typeof value === 'bigint' ? String(value) : value),
    )
    expect(shown).toContain('refused the credential')
    expect(shown).not.toContain(apiKey)
  })
})

test('an OpenAI-compatible endpoint gets its key in the header that it names, below its own path', async () => {
  const vendor = await started(startOpenAiCompatible())
  const credential = { type: 'api_key', apiKey: COMPATIBLE_KEY, header: 'X-LLM-Token' }
  const provider = await suite.addProvider({ kind: 'openai_compatible', baseUrl: `${vendor.url}/llm/api`, credential })
  await suite.addModel(provider.id, 'compatible-model', 'llama', ['chat'])
  await checkChat(suite, 'compatible-model')
  await checkBrokenChat(suite, 'compatible-model', 'mid-stream')
  expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok', models: ['llama'] })
})

describe('Anthropic', () => {
  test('is called by its own client, its version and betas untouched', async () => {
    const vendor = await started(startAnthropic())
    const provider = await suite.addProvider({ kind: 'anthropic', baseUrl: vendor.url, credential: ANTHROPIC_KEY })
    await suite.addModel(provider.id, 'anthropic-model', 'claude-opus', ['messages'])
    await checkMessages(suite, 'anthropic-model')
    await checkBrokenMessages(suite, 'anthropic-model', 'mid-stream')
    await checkBrokenMessages(suite, 'anthropic-model', 'cut')
    await checkChat(suite, 'anthropic-model')
    const headers = { 'anthropic-version': '2023-01-01', 'anthropic-beta': 'context-1m,files-api' }
    await suite.anthropic.messages.create({ model: 'anthropic-model', ...ASK }, { headers })
    expect(vendor.requests.at(-1)?.headers).toMatchObject(headers)
    expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok', models: ['claude-opus'] })
  })

  test('that is overloaded is so in either dialect', async () => {
    const messages = [{ role: 'user' as const, content: '[overloaded]' }]
    const asked = suite.anthropic.messages.create({ model: 'anthropic-model', max_tokens: 5, messages })
    await expect(asked).rejects.toMatchObject({ status: 529, error: { error: { type: 'overloaded_error' } } })
    const chat = suite.openai.chat.completions.create({ model: 'anthropic-model', messages })
    await expect(chat).rejects.toMatchObject({ status: 503 })
  })
})

test('what is not there is told apart from what refuses', async () => {
  const vendor = await startOpenAi()
  await vendor.stop()
  const gone = await suite.addProvider({ kind: 'openai', baseUrl: vendor.url, credential: OPENAI_KEY })
  expect(await suite.test(gone.id)).toMatchObject({
    outcome: 'unreachable',
    detail: 'Nothing listens at this address.',
  })
})
