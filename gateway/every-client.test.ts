import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { aiSdkClients } from '#test/clients/ai-sdk.ts'
import { anthropicClients } from '#test/clients/anthropic.ts'
import type { ClientRequest, Door, TestClient } from '#test/clients/client.ts'
import { langchainClients } from '#test/clients/langchain.ts'
import { openaiClients } from '#test/clients/openai.ts'
import { until } from '#test/gateway.ts'
import { type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

/** Filled when the gateway is up: tests are named before. */
const door: Door = { url: '', key: '' }
const MAKERS = [openaiClients, anthropicClients, aiSdkClients, langchainClients]
const CLIENTS = MAKERS.flatMap(make => make(placeholder()).map((client, index) => ({ name: client.name, make, index })))
const MODELS = ['sandbox-gpt', 'sandbox-claude']
const HELLO = [{ user: 'Say hello' }]
const BOTH = { user: 'What is the weather and the time in Berlin?' }

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite()
  Object.assign(door, { url: suite.gateway.url, key: suite.key })
})
afterAll(() => suite?.stop())

function placeholder(): Door {
  return { url: 'http://127.0.0.1', key: 'x' }
}

describe.each(CLIENTS)('$name', ({ make, index }) => {
  const ask = (request: ClientRequest) => (make(door)[index] as TestClient).ask(request)

  describe.each(MODELS)('asks %s', model => {
    test('and gets the same text whole and streamed, with its usage', async () => {
      const whole = await ask({ model, turns: HELLO, stream: false })
      const streamed = await ask({ model, turns: HELLO, stream: true })
      expect(whole.text).toMatch(/[a-z]/i)
      expect(streamed.text).toBe(whole.text)
      expect(whole.outputTokens).toBeGreaterThan(0)
      // LangChain adds the one token that a message begins with to the count that it ends with.
      const extra = make === langchainClients && model === 'sandbox-claude' ? [0, 1] : [0]
      expect(extra).toContain(streamed.outputTokens - whole.outputTokens)
    })

    test.each([false, true])('and its calls of two tools at once are answered (streamed: %s)', async stream => {
      const { calls } = await ask({ model, turns: [BOTH], stream, tools: true })
      expect(calls.map(call => call.name).sort()).toEqual(['get_time', 'get_weather'])
      for (const { id, input } of calls) expect([id, input]).toEqual([expect.any(String), { city: expect.any(String) }])
      const results = calls.map(call => ({ call, text: `result of ${call.name}` }))
      const after = await ask({ model, turns: [BOTH, { calls }, { results }], stream, tools: true })
      expect(after).toMatchObject({ text: expect.stringMatching(/./), calls: [] })
      const body = await lastBody()
      for (const { call, text } of results) expect([body.includes(call.id), body.includes(text)]).toEqual([true, true])
    })

    test.each([
      ['status=429; retry-after=30', 429],
      ['status=400', 400],
    ])('and raises %s as its own error', async (fault, status) => {
      for (const stream of [false, true]) {
        const error = await ask({ model, turns: HELLO, stream, fault }).catch(caught => caught)
        expect(error).toBeInstanceOf(Error)
        expect(statusOf(error)).toBe(status)
      }
    })

    test('and takes no part of a broken stream for the whole', async () => {
      await expect(ask({ model, turns: HELLO, stream: true, fault: 'cut=5' })).rejects.toThrow()
    })

    test('and leaves in the middle of a stream', async () => {
      const abort = new AbortController()
      const fault = 'chunk-delay=20 tokens=300'
      const onFirst = () => abort.abort()
      const asked = ask({ model, turns: HELLO, stream: true, fault, signal: abort.signal, onFirst })
      await expect(asked).rejects.toThrow()
      expect(await eventOfLeaving()).toMatchObject({ status: 200, usageState: 'estimated', costState: 'priced' })
    })

    test('and leaves before an answer has come', async () => {
      const abort = new AbortController()
      const user = `Wait for ${newId()}`
      const asked = ask({ model, turns: [{ user }], stream: false, fault: 'latency=20000', signal: abort.signal })
      const rejected = expect(asked).rejects.toThrow()
      await until('the provider has the request', async () => (await lastBody()).includes(user))
      abort.abort()
      await rejected
      expect(await eventOfLeaving()).toMatchObject({ status: 499, usageState: 'estimated', costState: 'priced' })
    })
  })

  test('is told of a model that is not there', async () => {
    const error = await ask({ model: 'nothing', turns: HELLO, stream: false }).catch(caught => caught)
    expect(statusOf(error)).toBe(404)
    expect(String(error)).toContain('not in the catalog')
  })
})

/** The status that an SDK's error tells, by whichever name. */
function statusOf(error: unknown): unknown {
  const { status, statusCode, cause } = error as { status?: number; statusCode?: number; cause?: unknown }
  return status ?? statusCode ?? (cause ? statusOf(cause) : undefined)
}

/** Takes the event of the request whose client has just left. */
async function eventOfLeaving(): Promise<unknown> {
  const { requestEvent } = databases().system
  const where = { organizationId: suite.org.id, outcome: 'client_aborted' }
  const event = await until('the event of a client that left', () => requestEvent.findFirst({ where }))
  await requestEvent.deleteMany({ where: { id: event.id } })
  return event
}

async function lastBody(): Promise<string> {
  const answer = await fetch(`${suite.sandbox.url}/control/requests`)
  const { data } = (await answer.json()) as { data: { body: string }[] }
  return data[0]?.body ?? ''
}
