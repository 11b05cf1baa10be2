import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { getCachePolicy } from '#lib/cache/queries.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { databases } from '#lib/platform/database.ts'
import { callCached, turnCacheOn } from '#test/cached-calls.ts'
import { changeModel } from '#test/catalog.ts'
import { untilVersion } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite

/** A request that nobody has made before. */
const fresh = (more: Record<string, unknown> = {}) => ({
  model: 'sandbox-gpt',
  messages: [{ role: 'user' as const, content: `Tell me about ${newId()}` }],
  ...more,
})

const CHAT = '/v1/chat/completions'

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  await turnCacheOn(suite)
})

afterAll(() => suite?.stop())

describe('never kept', () => {
  test.each(['cut=2', 'error-in-200=2', 'malformed=3'])('a stream with %s', async fault => {
    const body = fresh({ stream: true })
    const headers = { 'x-sandbox-fault': fault }
    for (let i = 0; i < 2; i++) {
      const answer = await callCached(suite, CHAT, body, headers)
      expect(answer.cache).toBe('miss')
      expect(answer.text).not.toContain('data: [DONE]')
    }
  })

  test('an error, and an answer that its client did not wait for', async () => {
    const failing = fresh()
    for (let i = 0; i < 2; i++) {
      const answer = await callCached(suite, CHAT, failing, { 'x-sandbox-fault': 'status=400' })
      expect([answer.status, answer.cache]).toEqual([400, 'miss'])
    }
    const body = fresh({ stream: true })
    const headers = { 'x-sandbox-fault': 'chunk-delay=40; tokens=40' }
    const controller = new AbortController()
    const options = { method: 'POST', signal: controller.signal, body: JSON.stringify(body) }
    const given = { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json', ...headers }
    const answer = await fetch(suite.gateway.url + CHAT, { ...options, headers: given })
    await answer.body?.getReader().read()
    controller.abort()
    await eventOf(answer)
    expect((await callCached(suite, CHAT, body, headers)).cache).toBe('miss')
  })

  test('an answer that is larger than the policy takes', async () => {
    const small = await turnCacheOn(suite, { scope: 'workload', target: 'small', maxAnswerBytes: 1024 })
    for (const stream of [false, true]) {
      const body = fresh({ stream })
      const headers = { 'x-gatehouse-workload': 'small', 'x-sandbox-fault': 'tokens=2000' }
      expect((await callCached(suite, CHAT, body, headers)).text.length).toBeGreaterThan(1024)
      expect((await callCached(suite, CHAT, body, headers)).cache).toBe('miss')
    }
    expect((await getCachePolicy(suite.org.admin, small.id)).figures.hits).toBe(0)
  })

  const tool = { type: 'function', function: { name: 'book', parameters: { type: 'object' } } }
  const picture = (url: string) => [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }]
  test.each<[string, string, string, () => Record<string, unknown>]>([
    ['tools', 'tools', CHAT, () => fresh({ tools: [tool] })],
    [
      'tools that the provider runs',
      'provider_tools',
      '/v1/responses',
      () => withInput({ tools: [{ type: 'web_search', name: 'find', parameters: {} }] }),
    ],
    [
      'a response that the provider keeps',
      'stateful',
      '/v1/responses',
      () => ({ model: 'sandbox-gpt', input: newId() }),
    ],
    ['a chat that the provider keeps', 'stateful', CHAT, () => fresh({ store: true })],
    ['a picture that is elsewhere', 'reference', CHAT, () => fresh({ messages: picture('https://example.com/a.png') })],
    ['a count of tokens', 'operation', '/v1/messages/count_tokens', () => fresh({ model: 'sandbox-claude' })],
  ])('%s', async (_, reason, path, request) => {
    const body = request()
    for (let i = 0; i < 2; i++) {
      const answer = await callCached(suite, path, body)
      expect([answer.status, answer.cache], answer.text).toEqual([200, 'off'])
      expect((await eventOf(answer)).detail).toMatchObject({ cache: { outcome: 'skipped', reason } })
    }
  })

  test('a Restricted request, nor one of a tier that is not cacheable', async () => {
    const restricted = await databases().system.tier.findFirstOrThrow({
      where: { organizationId: suite.org.id, name: 'Restricted' },
    })
    expect([restricted.cacheable, restricted.contentLogging]).toEqual([false, 'metadata'])
    const headers = { 'x-gatehouse-data-class': 'Restricted' }
    const id = suite.catalog.models['sandbox-reasoner'] as string
    await untilVersion(suite.gateway, await changeModel(suite.org, id, { tiers: ['Restricted'] }))
    const answer = await callCached(suite, CHAT, fresh({ model: 'sandbox-reasoner' }), headers)
    expect(answer.status).toBe(200)
    expect((await eventOf(answer)).detail).toMatchObject({ cache: { outcome: 'skipped', reason: 'tier' } })
  })

  function withInput(more: object) {
    return { model: 'sandbox-gpt', input: `About ${newId()}`, store: false, ...more }
  }
})
