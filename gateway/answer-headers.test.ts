import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { inForce } from '#test/in-force.ts'

let suite: GovernedSuite
let limited: string
let spent: string

beforeAll(async () => {
  suite = await startGovernedSuite()
  const ctx = suite.org.admin
  const budget = { name: 'Month', scope: 'organization', window: { kind: 'month' }, limitUsd: '1000' }
  await createBudget({ ctx, input: budget })
  const key = await suite.issue()
  limited = key.key
  const limit = { name: 'Two a day', scope: 'key', target: key.id, measure: 'requests', window: 'day', limit: 1_000 }
  await createRateLimit({ ctx, input: limit })
  const poor = await suite.issue({ dailyLimitUsd: '0' })
  spent = poor.key
  await inForce([suite.gateway])
})
afterAll(() => suite?.stop())

const ASK = { messages: [{ role: 'user', content: 'hi' }], max_tokens: 20 }
const WIRES = [
  ['/v1/chat/completions', { model: 'sandbox-gpt', ...ASK }],
  ['/v1/responses', { model: 'sandbox-gpt', input: 'hi', max_output_tokens: 20, store: false }],
  ['/v1/completions', { model: 'sandbox-gpt', prompt: 'hi', max_tokens: 20 }],
  ['/v1/messages', { model: 'sandbox-claude', ...ASK }],
  ['/v1/embeddings', { model: 'sandbox-embed', input: 'hi' }],
] as const

describe.each(WIRES)('an answer of %s', (path, body) => {
  const anthropic = path === '/v1/messages'

  test.each([false, true])('says who served it, at what cost, and what is left (streamed: %s)', async stream => {
    if (stream && path === '/v1/embeddings') return
    const answer = await postJson(suite.gateway.url + path, limited, { ...body, stream })
    await answer.arrayBuffer()
    const header = (name: string) => answer.headers.get(name)
    expect(answer.status).toBe(200)
    expect(header('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    if (anthropic) expect(header('request-id')).toBe(header('x-request-id'))
    expect(header('x-gatehouse-model')).toBe(body.model)
    expect(header('x-gatehouse-provider')).toBe('Sandbox')
    expect(header('x-gatehouse-attempts')).toBe('1')
    expect(header('x-gatehouse-cache')).toBeTruthy()
    expect(Number(header('x-gatehouse-overhead-ms'))).toBeGreaterThan(0)
    expect(Number(header('x-gatehouse-budget-remaining-usd'))).toBeGreaterThan(900)
    const limit = anthropic ? 'anthropic-ratelimit-requests-limit' : 'x-ratelimit-limit-requests'
    const remaining = anthropic ? 'anthropic-ratelimit-requests-remaining' : 'x-ratelimit-remaining-requests'
    expect(header(limit)).toBe('1000')
    expect(Number(header(remaining))).toBeLessThan(1_000)
    const event = await eventOf(answer)
    // A stream has no cost yet when its head leaves.
    if (stream) expect(header('x-gatehouse-cost-usd')).toBeNull()
    else expect(Math.round(Number(header('x-gatehouse-cost-usd')) * 1e9)).toBe(Number(event.costNanoUsd))
  })

  test('is refused in its dialect, with the rule, the request and where to read on', async () => {
    const refusals = [
      [401, 'invalid_api_key', await postJson(suite.gateway.url + path, 'gh_live_AAAAAAAAAAAA_x', body)],
      [404, 'model_not_found', await suite.post(path, { ...body, model: 'gpt-0' })],
      [402, 'budget_exceeded', await postJson(suite.gateway.url + path, spent, body)],
    ] as const
    for (const [status, code, answer] of refusals) {
      const told = await answer.json()
      const requestId = answer.headers.get('x-request-id')
      const gatehouse = { rule: expect.any(String), request_id: requestId, docs: `/docs/errors#${code}` }
      expect([answer.status, told]).toMatchObject([
        status,
        { error: { code, message: expect.any(String), type: expect.any(String), gatehouse } },
      ])
      if (anthropic) expect(told).toMatchObject({ type: 'error', request_id: requestId })
      else expect(told).not.toHaveProperty('type')
    }
  })
})
