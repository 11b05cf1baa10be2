import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OperationName } from '#core/contracts/operation-names.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'
import { OPERATIONS, PATH_PREFIXES } from './operations.ts'

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite()
})
afterAll(() => suite?.stop())

const messages = [{ role: 'user', content: 'Say hello' }]
/** A request of each operation that the sandbox answers; a new operation has to be added here. */
const REQUESTS: Readonly<Record<OperationName, Record<string, unknown>>> = {
  chat: { model: 'sandbox-gpt', messages, max_completion_tokens: 20 },
  responses: { model: 'sandbox-gpt', input: 'Say hello', max_output_tokens: 20, store: false },
  completions: { model: 'sandbox-gpt', prompt: 'Say hello', max_tokens: 20 },
  embeddings: { model: 'sandbox-embed', input: 'Say hello' },
  moderations: { input: 'Say hello' },
  messages: { model: 'sandbox-claude', messages, max_tokens: 20 },
  count_tokens: { model: 'sandbox-claude', messages },
}

describe.each(OPERATIONS)('$name', ({ name, path, charged }) => {
  test('is governed on every path: answered with evidence, measured and priced if it is charged', async () => {
    for (const prefix of PATH_PREFIXES) {
      const answer = await suite.post(prefix + path, REQUESTS[name])
      expect([answer.status, await answer.text()], prefix + path).toEqual([200, expect.any(String)])
      expect(await eventOf(answer)).toMatchObject({
        dialect: name,
        path: prefix + path,
        outcome: 'ok',
        usageState: charged ? 'measured' : 'none',
        costState: charged ? 'priced' : 'none',
      })
    }
  })

  test('is nobody’s without a key', async () => {
    for (const prefix of PATH_PREFIXES) {
      const body = JSON.stringify(REQUESTS[name])
      const answer = await fetch(suite.gateway.url + prefix + path, { method: 'POST', body })
      expect([answer.status, prefix]).toEqual([401, prefix])
      await answer.arrayBuffer()
    }
  })

  test('is in the description that the gateway gives of itself', async () => {
    const document = (await (await fetch(`${suite.gateway.url}/openapi.json`)).json()) as { paths: object }
    expect(document.paths).toHaveProperty([`/v1${path}`, 'post', 'operationId'], name)
    const $ref = `#/paths/${`/v1${path}`.replaceAll('/', '~1')}`
    for (const prefix of PATH_PREFIXES) {
      if (prefix !== '/v1') expect(document.paths).toHaveProperty([prefix + path], { $ref })
    }
  })
})

test.each(OPERATIONS.filter(operation => !operation.streams))('$name does not stream, and says so', async operation => {
  const answer = await suite.post(`/v1${operation.path}`, { ...REQUESTS[operation.name], stream: true })
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('stream')])
})

describe('the same dialect on both sides', () => {
  const ways = OPERATIONS.flatMap(operation =>
    (operation.streams ? [false, true] : [false]).map(stream => ({ ...operation, stream })),
  )

  test.each(ways)('passes the bytes of $name through, both ways (streamed: $stream)', async one => {
    const { name, path, stream } = one
    const asksUsage = one.usageOnRequest && stream ? { stream_options: { include_usage: true } } : {}
    const model = one.defaultModel === null ? {} : { model: 'sandbox-moderation' }
    const body = JSON.stringify(
      { x_odd: [1.0, 'é'], ...REQUESTS[name], ...model, ...asksUsage, ...(stream && { stream }) },
      null,
      1,
    )
    const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' }
    const direct = await fetch(`${suite.sandbox.url}/v1${path}`, { method: 'POST', headers, body })
    const through = await suite.post(`/v1${path}`, body)
    expect(through.headers.get('x-gatehouse-translated')).toBeNull()
    expect(await through.text()).toBe(await direct.text())
    const { data } = (await (await fetch(`${suite.sandbox.url}/control/requests`)).json()) as {
      data: { body: string }[]
    }
    expect(data[0]?.body).toBe(body)
  })
})

describe('a budget that has no room', () => {
  test('stops every operation that is charged, and none that is free', async () => {
    const { key, id } = await suite.issue()
    const window = { kind: 'day', timeZone: 'UTC' }
    const limitUsd = '0.000000001'
    await createBudget({
      ctx: suite.org.admin,
      input: {
        name: 'Nothing',
        scope: 'key',
        target: id,
        window,
        limitUsd,
        thresholds: [{ percent: 100, action: 'stop' }],
      },
    })
    await suite.gateway.admin('POST', '/sync')
    for (const { name, path, charged } of OPERATIONS) {
      const answer = await until('the budget is known', async () => {
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
        const body = JSON.stringify(REQUESTS[name])
        const one = await fetch(`${suite.gateway.url}/v1${path}`, { method: 'POST', headers, body })
        await one.arrayBuffer()
        return one.status === (charged ? 402 : 200) && one
      })
      expect(await eventOf(answer)).toMatchObject({ outcome: charged ? 'refused' : 'ok' })
    }
  })
})

describe('a stream of completions', () => {
  const request = { model: 'sandbox-gpt', prompt: ['Say hello', 'Who are you?'], n: 2, max_tokens: 30, stream: true }

  test('ends in its last event, without the usage that nobody asked for, and is measured', async () => {
    const answer = await suite.post('/v1/completions', request)
    const text = await answer.text()
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
    expect(text).not.toContain('prompt_tokens')
    const choices = new Set([...text.matchAll(/"index":(\d)/g)].map(match => match[1]))
    expect([...choices].sort()).toEqual(['0', '1', '2', '3'])
    const event = await eventOf(answer)
    expect(event).toMatchObject({ streaming: true, usageState: 'measured', costState: 'priced' })
    const whole = await suite.post('/v1/completions', { ...request, stream: false })
    const { usage } = (await whole.json()) as { usage: { completion_tokens: number } }
    expect(event.outputTokens).toBe(usage.completion_tokens)
  })

  test('carries the usage when the client asks for it', async () => {
    const answer = await suite.post('/v1/completions', { ...request, stream_options: { include_usage: true } })
    expect(await answer.text()).toContain('"completion_tokens"')
  })

  test('that is cut when the first of its choices has ended is told as incomplete', async () => {
    const whole = await (await suite.post('/v1/completions', request)).text()
    const frames = whole.split('\n\n')
    const first = frames.findIndex(frame => frame.includes('"finish_reason":"'))
    const answer = await suite.post('/v1/completions', request, { 'x-sandbox-fault': `cut=${first + 1}` })
    const text = await answer.text()
    expect(text).toContain('"finish_reason":"')
    expect(text).not.toContain('[DONE]')
    expect(text).toContain('"error"')
    expect(await eventOf(answer)).toMatchObject({ outcome: 'incomplete', usageState: 'estimated' })
  })
})

test('models are listed and found on every path', async () => {
  const headers = { authorization: `Bearer ${suite.key}` }
  for (const prefix of PATH_PREFIXES) {
    const list = await fetch(`${suite.gateway.url}${prefix}/models`, { headers })
    expect(((await list.json()) as { data: { id: string }[] }).data.map(model => model.id)).toContain('sandbox-gpt')
    const one = await fetch(`${suite.gateway.url}${prefix}/models/sandbox-gpt`, { headers })
    expect(await one.json()).toMatchObject({ id: 'sandbox-gpt', object: 'model', type: 'model' })
  }
})

test('a moderation says what it found, with a model that the client need not name', async () => {
  const answer = await suite.post('/v1/moderations', { input: ['have a nice day', 'I will kill the process'] })
  const { results } = (await answer.json()) as { results: { flagged: boolean }[] }
  expect(results.map(result => result.flagged)).toEqual([false, true])
  expect(await eventOf(answer)).toMatchObject({ requestedModel: 'omni-moderation-latest', costNanoUsd: null })
})
