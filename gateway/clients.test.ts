import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import { type Sandbox, startSandbox } from '#sandbox/server.ts'
import { publishSandboxCatalog } from '#test/catalog.ts'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'

let sandbox: Sandbox
let gateway: TestGateway
let org: TestOrganization
let openai: OpenAI
let anthropic: Anthropic

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  org = await makeOrganization()
  await publishSandboxCatalog(org, { url: sandbox.url })
  const { key } = await issueKey({ ctx: org.admin, input: { name: 'clients', teamId: org.teamId } })
  gateway = await startGateway()
  openai = new OpenAI({ apiKey: key, baseURL: `${gateway.url}/v1`, maxRetries: 0 })
  anthropic = new Anthropic({ apiKey: key, baseURL: gateway.url, maxRetries: 0 })
})

afterAll(async () => {
  await gateway?.stop()
  await sandbox?.close()
})

/** The event of a request, by the id that its answer carried. */
async function eventOf(id: string | null | undefined) {
  if (!id) throw new Error('the answer has no request id')
  return until('the event is shipped', () => databases().system.requestEvent.findFirst({ where: { id } }))
}

const HELLO = [{ role: 'user' as const, content: 'Say hello' }]

describe('the OpenAI SDK', () => {
  test('a chat completion answers, with usage and cost in evidence', async () => {
    const { data, response } = await openai.chat.completions
      .create({ model: 'sandbox-gpt', messages: HELLO })
      .withResponse()
    expect(data.choices[0]?.message.content).toBeTruthy()
    const event = await eventOf(response.headers.get('x-request-id'))
    expect(event).toMatchObject({ outcome: 'ok', status: 200, usageState: 'measured', costState: 'priced' })
    expect((event.inputTokens ?? 0) + (event.cachedInputTokens ?? 0)).toBe(data.usage?.prompt_tokens)
    expect(event.costNanoUsd).toBeGreaterThan(0n)
  })

  test('a stream comes without the usage that was not asked for, and is measured all the same', async () => {
    const { data: stream, response } = await openai.chat.completions
      .create({ model: 'default', stream: true, messages: HELLO })
      .withResponse()
    let text = ''
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      expect(chunk.usage ?? null).toBeNull()
    }
    expect(text).toBeTruthy()
    const event = await eventOf(response.headers.get('x-request-id'))
    expect(event).toMatchObject({ outcome: 'ok', streaming: true, usageState: 'measured', requestedModel: 'default' })
    expect(event.firstTokenMs).toBeGreaterThan(0)
  })
})

describe('the Anthropic SDK', () => {
  test('a message and a stream', async () => {
    const message = await anthropic.messages.create({ model: 'sandbox-claude', max_tokens: 64, messages: HELLO })
    expect(message.usage.output_tokens).toBeGreaterThan(0)
    const stream = anthropic.messages.stream({ model: 'claude', max_tokens: 64, messages: HELLO })
    const final = await stream.finalMessage()
    expect(final.content[0]).toMatchObject({ type: 'text' })
    expect(await eventOf(message._request_id)).toMatchObject({ dialect: 'messages', usageState: 'measured' })
  })
})
