import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { archiveRateLimit } from '#lib/rate-limits/archive-rate-limit.ts'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
import type { RateLimitDto } from '#lib/rate-limits/schema.ts'
import { updateRateLimit } from '#lib/rate-limits/update-rate-limit.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'

let suite: GovernedSuite
beforeAll(async () => {
  suite = await startGovernedSuite()
})
afterAll(() => suite?.stop())

const CHAT = '/v1/chat/completions'
const hello = { model: 'sandbox-gpt', max_tokens: 20, messages: [{ role: 'user', content: 'hi' }] }

/** A key of its own, and a rate limit of it in force. */
async function limitKey(
  limit: object,
  issue: Record<string, unknown> = {},
): Promise<{ key: string; limit: RateLimitDto }> {
  const { id, key } = await suite.issue(issue)
  const input = { name: 'Limit', scope: 'key', target: id, ...limit }
  const made = await createRateLimit({ ctx: suite.org.admin, input })
  await inForce([suite.gateway])
  return { key, limit: made }
}

async function call(key: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> {
  return postJson(suite.gateway.url + CHAT, key, { ...hello, ...body }, headers)
}

async function statusOf(key: string, body: object = {}, headers: Record<string, string> = {}): Promise<number> {
  const answer = await call(key, body, headers)
  await answer.arrayBuffer()
  return answer.status
}

describe('requests', () => {
  test('beyond the limit are refused with 429 that names it and says when; raising it helps at once', async () => {
    const { key, limit } = await limitKey({ measure: 'requests', window: 'minute', limit: 2 })
    const answers = [await call(key), await call(key), await call(key)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    const [first, , refused] = answers as [Response, Response, Response]
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1')
    expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0')
    expect(refused.headers.get('x-ratelimit-reset-requests')).toMatch(/^\d+s$/)
    const retryAfter = Number(refused.headers.get('retry-after'))
    expect(retryAfter).toBeGreaterThan(50)
    expect(retryAfter).toBeLessThanOrEqual(60)
    const { error } = (await refused.json()) as { error: { code: string; message: string; gatehouse: object } }
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', gatehouse: { rule: `rate_limit:${limit.id}` } })
    expect(error.message).toBe(`The rate limit "Limit" allows 2 requests a minute. Try again in ${retryAfter} s.`)
    expect(await eventOf(refused)).toMatchObject({
      errorCode: 'rate_limit_exceeded',
      detail: { rule: `rate_limit:${limit.id}` },
    })
    await updateRateLimit({ ctx: suite.org.admin, input: { id: limit.id, limit: 4 } })
    await inForce([suite.gateway])
    expect(await statusOf(key)).toBe(200)
    await archiveRateLimit({ ctx: suite.org.admin, input: { id: limit.id } })
    await inForce([suite.gateway])
    for (let i = 0; i < 4; i++) expect(await statusOf(key)).toBe(200)
  })

  test('are counted by every limit that covers them or by none', async () => {
    const { key, limit } = await limitKey({ measure: 'requests', window: 'hour', limit: 3 }, { requestsPerMinute: 2 })
    expect([await statusOf(key), await statusOf(key), await statusOf(key)]).toEqual([200, 200, 429])
    const status = (await suite.gateway.admin('GET', '/status')).body as { stats: { rates: object[] } }
    expect(status.stats.rates).toContainEqual(expect.objectContaining({ limitId: limit.id, used: 2, shared: false }))
  })

  test('of each key are counted apart when the limit has no target', async () => {
    const [one, other] = [await suite.issue(), await suite.issue()]
    const input = { name: 'Each key', scope: 'key', measure: 'requests', window: 'minute', limit: 1 }
    const each = await createRateLimit({ ctx: suite.org.admin, input })
    await inForce([suite.gateway])
    expect([await statusOf(one.key), await statusOf(one.key), await statusOf(other.key)]).toEqual([200, 429, 200])
    await archiveRateLimit({ ctx: suite.org.admin, input: { id: each.id } })
    await inForce([suite.gateway])
  })

  test('of a key’s own limit are refused in its own words', async () => {
    const { key } = await suite.issue({ requestsPerMinute: 3 })
    await inForce([suite.gateway])
    const answers = []
    for (let i = 0; i < 4; i++) answers.push(await call(key))
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 429])
    expect(answers[0]?.headers.get('x-ratelimit-remaining-requests')).toBe('2')
    expect(await answers[3]?.json()).toMatchObject({ error: { gatehouse: { rule: 'key:requests_per_minute' } } })
  })
})

describe('tokens', () => {
  test('are reserved before the call, so that many at once cannot pass the limit together', async () => {
    const { key } = await limitKey({ measure: 'tokens', window: 'minute', limit: 1_000 })
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => call(key, { max_tokens: 200 }, { 'x-sandbox-fault': 'latency=200;tokens=200' })),
    )
    const admitted = answers.filter(({ status }) => status === 200)
    const used = (await Promise.all(admitted.map(answer => answer.json()))).reduce(
      (sum: number, { usage }) => sum + usage.total_tokens,
      0,
    )
    expect(admitted.length).toBeGreaterThan(1)
    expect(admitted.length).toBeLessThan(5)
    expect(used).toBeLessThanOrEqual(1_000)
  })

  test('that were reserved and not used are free again', async () => {
    const { key } = await limitKey({ measure: 'tokens', window: 'day', limit: 1_000 })
    for (let i = 0; i < 5; i++) {
      expect(await statusOf(key, { max_tokens: 500 }, { 'x-sandbox-fault': 'tokens=10' })).toBe(200)
    }
    expect(await statusOf(key, { max_tokens: 500 }, { 'x-sandbox-fault': 'status=400' })).toBe(400)
    const answer = await call(key, { max_tokens: 500 }, { 'x-sandbox-fault': 'tokens=10' })
    expect(answer.headers.get('x-ratelimit-limit-tokens')).toBe('1000')
    const { usage } = (await answer.json()) as { usage: { total_tokens: number } }
    const remaining = Number((await call(key)).headers.get('x-ratelimit-remaining-tokens'))
    expect(remaining).toBeLessThan(1_000 - 6 * usage.total_tokens)
    expect(remaining).toBeGreaterThan(500)
  })

  test('that one request alone could use beyond the limit are refused without a time to try again', async () => {
    const { key } = await limitKey({ measure: 'tokens', window: 'minute', limit: 100 })
    const answer = await call(key, { max_tokens: 663 })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(answer.headers.get('x-should-retry')).toBe('false')
    expect((await answer.json()).error.message).toContain('Lower max_tokens, or shorten the prompt.')
  })
})

describe('answers in progress', () => {
  test('beyond the limit are refused, and a slot is free when one has ended', async () => {
    const { key } = await limitKey({ measure: 'concurrency', limit: 2 })
    const slow = { 'x-sandbox-fault': 'latency=300' }
    const statuses = await Promise.all(Array.from({ length: 5 }, () => statusOf(key, {}, slow)))
    expect(statuses.sort()).toEqual([200, 200, 429, 429, 429])
    expect(await statusOf(key)).toBe(200)
  })

  test('free their slot however they end', async () => {
    await createTier({ ctx: suite.org.admin, input: { name: 'Public', rank: 0 } })
    await createTier({ ctx: suite.org.admin, input: { name: 'Restricted', rank: 9 } })
    const { key } = await limitKey({ measure: 'concurrency', limit: 1 })
    const budget = {
      name: 'Nothing',
      scope: 'workload',
      target: 'poor',
      window: { kind: 'month' },
      limitUsd: '0.000001',
    }
    await createBudget({ ctx: suite.org.admin, input: budget })
    await inForce([suite.gateway])
    const ends: [string, number, object, Record<string, string>][] = [
      ['a whole answer', 200, {}, {}],
      ['a stream', 200, { stream: true }, {}],
      ['a stream that is cut', 200, { stream: true }, { 'x-sandbox-fault': 'cut=2' }],
      ['an error inside a 200', 0, {}, { 'x-sandbox-fault': 'error-in-200' }],
      ['a malformed answer', 0, {}, { 'x-sandbox-fault': 'malformed' }],
      ['a connection that is cut', 0, {}, { 'x-sandbox-fault': 'cut=0' }],
      ['the provider’s refusal', 400, {}, { 'x-sandbox-fault': 'status=400' }],
      ['a budget’s refusal', 402, {}, { 'x-gatehouse-workload': 'poor' }],
      ['a refusal by tier', 403, {}, { 'x-gatehouse-data-class': 'Restricted' }],
    ]
    for (const [name, status, body, headers] of ends) {
      const ended = await statusOf(key, body, headers).catch(() => 0)
      expect.soft(ended, name).not.toBe(429)
      if (status > 0) expect.soft(ended, name).toBe(status)
      expect.soft(await statusOf(key), `after ${name}`).toBe(200)
    }
    for (const fault of ['stall=2', 'latency=60000']) {
      const controller = new AbortController()
      const left = fetch(suite.gateway.url + CHAT, {
        method: 'POST',
        signal: controller.signal,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-sandbox-fault': fault },
        body: JSON.stringify({ ...hello, stream: true }),
      })
        .then(answer => answer.text())
        .catch(() => null)
      await until('the slot is taken', async () => (await statusOf(key)) === 429)
      controller.abort()
      await left
      await until(`the slot is free after an abort (${fault})`, async () => (await statusOf(key)) === 200)
    }
  })
})

test('clients of both vendors read the limit and the time to try again', async () => {
  const { key } = await limitKey({ measure: 'requests', window: 'minute', limit: 2 })
  const anthropic = new Anthropic({ baseURL: suite.gateway.url, apiKey: key, maxRetries: 0 })
  const message = { model: 'claude', max_tokens: 10, messages: [{ role: 'user' as const, content: 'hi' }] }
  const { response } = await anthropic.messages.create(message).withResponse()
  expect(response.headers.get('anthropic-ratelimit-requests-limit')).toBe('2')
  expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('1')
  expect(Date.parse(response.headers.get('anthropic-ratelimit-requests-reset') ?? '')).toBeGreaterThan(Date.now())
  await anthropic.messages.create(message)
  const refused = await anthropic.messages.create(message).catch(error => error)
  expect(refused).toBeInstanceOf(Anthropic.RateLimitError)
  expect(refused.headers.get('anthropic-ratelimit-requests-remaining')).toBe('0')
  const openai = new OpenAI({ baseURL: `${suite.gateway.url}/v1`, apiKey: key, maxRetries: 0 })
  const error = await openai.chat.completions
    .create({ model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] })
    .catch(thrown => thrown)
  expect(error).toBeInstanceOf(OpenAI.RateLimitError)
  expect(Number(error.headers.get('retry-after'))).toBeGreaterThan(0)
})
