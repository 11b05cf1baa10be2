import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RequestEvent, STAGES } from '#core/contracts/request-event.ts'
import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { getBudget } from '#lib/budgets/queries.ts'
import { getCachePolicy } from '#lib/cache/queries.ts'
import { cacheStatistics } from '#lib/cache/statistics.ts'
import { updateCachePolicy } from '#lib/cache/update-policy.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { callCached, providerCalls, turnCacheOn } from '#test/cached-calls.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'

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

const WIRES: [string, string, (stream: boolean) => Record<string, unknown>][] = [
  ['chat', CHAT, stream => fresh({ stream })],
  ['chat with its usage', CHAT, stream => fresh(stream ? { stream, stream_options: { include_usage: true } } : {})],
  ['responses', '/v1/responses', stream => ({ model: 'sandbox-gpt', input: `About ${newId()}`, store: false, stream })],
  ['messages', '/v1/messages', stream => ({ ...fresh({ stream }), model: 'sandbox-claude', max_tokens: 200 })],
  ['messages to a model of another dialect', '/v1/messages', stream => ({ ...fresh({ stream }), max_tokens: 200 })],
  ['completions', '/v1/completions', stream => ({ model: 'sandbox-gpt', prompt: `About ${newId()}`, stream })],
]

describe.each(WIRES)('%s', (_, path, request) => {
  test.each([false, true])('is served again to the byte, stream: %s', async stream => {
    const body = request(stream)
    const first = await callCached(suite, path, body)
    expect([first.status, first.cache, first.age]).toEqual([200, 'miss', null])
    const calls = await providerCalls(suite)
    const second = await callCached(suite, path, body)
    expect([second.status, second.cache]).toEqual([200, 'hit'])
    expect(second.text).toBe(first.text)
    expect(second.headers.get('content-type')?.split(';')[0]).toBe(first.headers.get('content-type')?.split(';')[0])
    expect(Number(second.age)).toBeGreaterThanOrEqual(0)
    expect(second.headers.get('x-gatehouse-cost-usd')).toBe('0.00')
    expect(second.headers.get('x-gatehouse-attempts')).toBe('0')
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
    expect(await providerCalls(suite)).toBe(calls)
    // The other form of the same request has an answer of its own.
    const other = await callCached(suite, path, { ...body, stream: !stream, stream_options: undefined })
    expect(other.cache).toBe('miss')
  })
})

test('embeddings are served again', async () => {
  const body = { model: 'sandbox-embed', input: [`About ${newId()}`] }
  const first = await callCached(suite, '/v1/embeddings', body)
  const second = await callCached(suite, '/v1/embeddings', body)
  expect([first.cache, second.cache, second.text]).toEqual(['miss', 'hit', first.text])
})

test('the SDKs read a replay as they read the answer, whole and streaming', async () => {
  const openai = new OpenAI({ apiKey: suite.key, baseURL: `${suite.gateway.url}/v1`, maxRetries: 0 })
  const anthropic = new Anthropic({ apiKey: suite.key, baseURL: `${suite.gateway.url}/anthropic`, maxRetries: 0 })
  const request = fresh()
  const chunks = async () => {
    const seen: unknown[] = []
    for await (const chunk of await openai.chat.completions.create({ ...request, stream: true })) seen.push(chunk)
    return seen
  }
  const [live, replayed] = [await chunks(), await chunks()]
  expect(live.length).toBeGreaterThan(2)
  expect(replayed).toEqual(live)
  const whole = () => openai.chat.completions.create(request)
  expect(await whole()).toEqual(await whole())
  const message = { ...request, model: 'sandbox-claude', max_tokens: 200 }
  const final = () => anthropic.messages.stream(message).finalMessage()
  expect(await final()).toEqual(await final())
  const calls = await providerCalls(suite)
  await final()
  await chunks()
  await whole()
  expect(await providerCalls(suite)).toBe(calls)
})

test('a hit costs nothing, is recorded in full, and is charged to no budget', async () => {
  const workload = { 'x-gatehouse-workload': 'charged' }
  const { id: policyId } = await turnCacheOn(suite, { scope: 'workload', target: 'charged' })
  const budget = await createBudget({
    ctx: suite.org.admin,
    input: { name: 'Cache', scope: 'workload', target: 'charged', window: { kind: 'month' }, limitUsd: '100' },
  })
  await suite.gateway.admin('POST', '/sync')
  const body = fresh()
  const first = await eventOf(await callCached(suite, CHAT, body, workload))
  const hit = await eventOf(await callCached(suite, CHAT, body, workload))
  expect(hit).toMatchObject({
    status: 200,
    outcome: 'ok',
    modelId: first.modelId,
    providerId: first.providerId,
    keyId: first.keyId,
    usageState: 'none',
    inputTokens: null,
    costState: 'none',
    costNanoUsd: null,
    responseBytes: first.responseBytes,
  })
  const cost = first.costNanoUsd ?? 0n
  expect(cost).toBeGreaterThan(0n)
  const tokens = (first.inputTokens ?? 0) + (first.outputTokens ?? 0)
  expect(hit.detail).toMatchObject({
    attempts: [],
    cache: {
      outcome: 'hit',
      policyId,
      reason: null,
      source: 'memory',
      savedNanoUsd: String(cost),
      savedTokens: tokens,
    },
  })
  expect((hit.detail as RequestEvent['detail']).stageOutcomes).toEqual({ route: 'skipped', call: 'skipped' })
  expect(hit.stageUs).toHaveLength(STAGES.length)
  const spent = await until('the budget is charged', async () => {
    const { spentUsd } = await getBudget(suite.org.admin, budget.id)
    return Number(spentUsd) > 0 && spentUsd
  })
  expect(Number(spent)).toBeCloseTo(Number(cost) / 1e9, 9)
  const { figures } = await getCachePolicy(suite.org.admin, policyId)
  expect([figures.hits, figures.misses, figures.hitRate]).toEqual([1, 1, 0.5])
  expect(Number(figures.savedUsd)).toBeCloseTo(Number(cost) / 1e9, 9)
  const { total, daily, models } = await cacheStatistics(suite.org.admin, { days: 7, policyId })
  expect([total.hits, daily.at(-1)?.hits, models.map(({ hits }) => hits)]).toEqual([1, 1, [1]])
  expect(daily).toHaveLength(7)
  await until(
    'the replica tells what it holds',
    async () => (await getCachePolicy(suite.org.admin, policyId)).entries > 0,
  )
})

describe('what a caller asks for', () => {
  test('bypass neither reads nor keeps, refresh only keeps, only-if-cached only reads', async () => {
    const body = fresh()
    const ask = (wish: string) => callCached(suite, CHAT, body, { 'x-gatehouse-cache': wish })
    const none = await ask('only-if-cached')
    expect([none.status, JSON.parse(none.text).error.code]).toEqual([504, 'not_cached'])
    expect(none.headers.get('x-should-retry')).toBe('false')
    expect((await ask('bypass')).cache).toBe('bypass')
    expect((await ask('default')).cache).toBe('miss')
    const kept = await ask('only-if-cached')
    expect([kept.status, kept.cache]).toEqual([200, 'hit'])
    const calls = await providerCalls(suite)
    const refreshed = await ask('refresh')
    expect([refreshed.cache, await providerCalls(suite)]).toEqual(['bypass', calls + 1])
    expect((await eventOf(refreshed)).detail).toMatchObject({ cache: { outcome: 'bypass', reason: 'refresh' } })
    expect((await ask('')).cache).toBe('hit')
  })

  test('anything else is a 400 that names the header', async () => {
    const wrong = await callCached(suite, CHAT, fresh(), { 'x-gatehouse-cache': 'maybe' })
    expect([wrong.status, JSON.parse(wrong.text).error.param]).toEqual([400, 'x-gatehouse-cache'])
  })
})

describe('a policy', () => {
  test('may take requests with tools, or only those with temperature 0', async () => {
    const workload = { 'x-gatehouse-workload': 'strict' }
    await turnCacheOn(suite, { scope: 'workload', target: 'strict', includeTools: true, deterministicOnly: true })
    const tools = [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } }]
    const warm = await callCached(suite, CHAT, fresh({ tools, temperature: 0.7 }), workload)
    expect((await eventOf(warm)).detail).toMatchObject({ cache: { outcome: 'skipped', reason: 'temperature' } })
    const body = fresh({ tools, temperature: 0 })
    const first = await callCached(suite, CHAT, body, workload)
    const second = await callCached(suite, CHAT, body, workload)
    expect([first.cache, second.cache, second.text]).toEqual(['miss', 'hit', first.text])
  })

  test('of a workload holds instead of the organization’s, and may be off', async () => {
    await turnCacheOn(suite, { scope: 'workload', target: 'live', enabled: false })
    const body = fresh()
    const headers = { 'x-gatehouse-workload': 'live' }
    for (let i = 0; i < 2; i++) expect((await callCached(suite, CHAT, body, headers)).cache).toBe('off')
    const refused = await callCached(suite, CHAT, body, { ...headers, 'x-gatehouse-cache': 'only-if-cached' })
    expect(refused.status).toBe(504)
  })

  test('lets answers expire', async () => {
    const policy = await turnCacheOn(suite, { scope: 'model', target: 'sandbox-gpt-mini', ttlSeconds: 5 })
    const body = fresh({ model: 'sandbox-gpt-mini' })
    const first = await callCached(suite, CHAT, body)
    const age = async () => callCached(suite, CHAT, body, { 'x-gatehouse-cache': 'only-if-cached' })
    expect([first.cache, (await age()).cache]).toEqual(['miss', 'hit'])
    await until('it has expired', async () => (await age()).status === 504)
    await updateCachePolicy({ ctx: suite.org.admin, input: { id: policy.id, enabled: false } })
  })

  test('is for the same model under every name of it', async () => {
    const body = fresh()
    const first = await callCached(suite, CHAT, body)
    const second = await callCached(suite, CHAT, { ...body, model: 'default' })
    expect([first.cache, second.cache, second.text]).toEqual(['miss', 'hit', first.text])
  })
})

test('rate limits count hits', async () => {
  const { key } = await suite.issue({ requestsPerMinute: 2 })
  await suite.gateway.admin('POST', '/sync')
  const body = fresh()
  const call = async () => {
    const answer = await postJson(suite.gateway.url + CHAT, key, body)
    await answer.text()
    return [answer.status, answer.headers.get('x-gatehouse-cache')]
  }
  expect([await call(), await call()]).toEqual([
    [200, 'miss'],
    [200, 'hit'],
  ])
  expect((await call())[0]).toBe(429)
})

test('no value of a request or an answer is in the log', async () => {
  const body = fresh()
  const { text } = await callCached(suite, CHAT, body)
  await callCached(suite, CHAT, body)
  const { content } = JSON.parse(text).choices[0].message
  for (const secret of [content, body.messages[0]?.content, suite.key])
    expect(suite.gateway.output()).not.toContain(secret)
})
