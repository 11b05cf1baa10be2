import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SANDBOX_CREDENTIAL } from '#test/catalog.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}

const SERVER = 2
const CLIENT = 3
const spans: Span[] = []
let collector: Server
let suite: GovernedSuite

beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
      }
      for (const { scopeSpans } of body.resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>(resolve => collector.listen(0, '127.0.0.1', resolve))
  const { port } = collector.address() as AddressInfo
  suite = await startGovernedSuite({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` })
})
afterAll(async () => {
  await suite?.stop()
  collector?.close()
})

test('a request continues the caller’s trace, and the provider’s call is a span in it', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const caller = '00f067aa0ba902b7'
  const answer = await suite.post(
    '/v1/chat/completions',
    { model: 'sandbox-gpt', max_tokens: 64, messages: [{ role: 'user', content: 'a secret question' }] },
    { traceparent: `00-${traceId}-${caller}-01` },
  )
  await answer.arrayBuffer()
  const [server, call] = await until('both spans', () => {
    const found = [SERVER, CLIENT].map(kind => spans.find(span => span.traceId === traceId && span.kind === kind))
    return found.every(Boolean) ? (found as [Span, Span]) : null
  })
  expect(server.parentSpanId).toBe(caller)
  expect(call.parentSpanId).toBe(server.spanId)
  const value = (name: string) => call.attributes.find(one => one.key === name)?.value
  expect(value('gen_ai.request.model')?.stringValue).toBe('sandbox-gpt')
  expect(value('gen_ai.request.max_tokens')?.intValue).toBe(64)
  expect(value('gen_ai.operation.name')?.stringValue).toBe('chat')
  expect(value('gen_ai.usage.input_tokens')?.intValue).toBeGreaterThan(0)
  expect(await eventOf(answer)).toMatchObject({ traceId })
  const seen = (await (await fetch(`${suite.sandbox.url}/control/requests`)).json()) as unknown
  expect(JSON.stringify(seen)).toContain(`00-${traceId}-${call.spanId}-01`)
  expect(JSON.stringify(spans)).not.toContain('a secret question')
})

test('no header that a caller sends is in a span but the few that are meant to be', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4737'
  const body = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }
  const headers = {
    traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    cookie: 'session=a-cookie-of-the-caller',
    'x-internal-token': 'a-token-of-the-caller',
    'user-agent': 'an-agent-of-the-caller',
  }
  for (const fault of ['', 'status=401', 'cut=0']) {
    const answer = await suite.post('/v1/chat/completions', body, { ...headers, 'x-sandbox-fault': fault })
    await answer.arrayBuffer()
  }
  await until('all three', () => spans.filter(one => one.traceId === traceId && one.kind === SERVER).length === 3)
  const told = JSON.stringify(spans) + suite.gateway.output()
  for (const secret of [
    suite.key,
    suite.key.slice(-38),
    SANDBOX_CREDENTIAL,
    'a-cookie-of',
    'a-token-of',
    'an-agent-of',
  ]) {
    expect(told).not.toContain(secret)
  }
})
