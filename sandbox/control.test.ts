import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from './server.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())
beforeEach(() => control('DELETE', '/stats'))
afterEach(() => control('DELETE', '/faults'))

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${sandbox.url}/control${path}`, { method, body: body ? JSON.stringify(body) : null })
  const text = await response.text()
  return { status: response.status, json: text ? JSON.parse(text) : null }
}

function chat(
  options: { model?: string; headers?: Record<string, string>; stream?: boolean; signal?: AbortSignal } = {},
) {
  const { model = 'sandbox-gpt', headers = {}, stream = false, signal } = options
  return fetch(`${sandbox.url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'Say hello' }] }),
    signal: signal ?? null,
  })
}

async function statuses(times: number, model?: string): Promise<number[]> {
  const seen: number[] = []
  for (let time = 0; time < times; time++) seen.push((await chat(model ? { model } : {})).status)
  return seen
}

describe('fault rules', () => {
  it('hit what they match, as often as they say', async () => {
    const rule = { fault: 'status=503', match: { model: 'sandbox-gpt' }, count: 2 }
    const added = await control('POST', '/faults', rule)
    expect(added).toMatchObject({ status: 201, json: { id: expect.any(String), count: 2, hits: 0 } })
    expect(await statuses(1, 'sandbox-gpt-mini')).toEqual([200])
    expect(await statuses(3)).toEqual([503, 503, 200])
    expect((await control('GET', '/faults')).json.data).toEqual([])
  })

  it('match by path', async () => {
    await control('POST', '/faults', { fault: 'status=500', match: { path: '/v1/responses' } })
    expect(await statuses(1)).toEqual([200])
  })

  it('draw with a seed, so that a run can be repeated', async () => {
    const rule = { fault: 'status=500', probability: 0.5, seed: 42 }
    await control('POST', '/faults', rule)
    const first = await statuses(20)
    await control('DELETE', '/faults')
    await control('POST', '/faults', rule)
    expect(await statuses(20)).toEqual(first)
    expect(new Set(first)).toEqual(new Set([200, 500]))
  })

  it('end after their duration', async () => {
    await control('POST', '/faults', { fault: 'status=500', durationMs: 50 })
    await vi.waitFor(async () => expect(await statuses(1)).toEqual([200]), { timeout: 3000, interval: 10 })
  })

  it('end one by one, and give way to what the request asks for', async () => {
    const { json } = await control('POST', '/faults', { fault: 'status=500' })
    expect((await chat({ headers: { 'x-sandbox-fault': 'status=429' } })).status).toBe(429)
    expect((await control('DELETE', `/faults/${json.id}`)).status).toBe(204)
    expect((await control('DELETE', `/faults/${json.id}`)).status).toBe(404)
    expect(await statuses(1)).toEqual([200])
  })

  it('set the length of answers', async () => {
    await control('POST', '/faults', { fault: 'tokens=77' })
    expect(await (await chat()).json()).toMatchObject({ usage: { completion_tokens: 77 } })
  })

  it('are refused with the field when they make no sense', async () => {
    for (const rule of [{}, { fault: 'explode' }, { fault: 'cut=1', typo: 1 }, { fault: 'cut=1', probability: 2 }]) {
      expect((await control('POST', '/faults', rule)).status, JSON.stringify(rule)).toBe(400)
    }
    expect((await control('POST', '/faults', { fault: 'explode' })).json.error).toContain('unknown fault "explode"')
  })
})

describe('statistics', () => {
  it('count requests by path and by request id', async () => {
    await chat({ headers: { 'x-request-id': 'one' } })
    await chat({ headers: { 'x-request-id': 'one' } })
    await chat()
    const { json } = await control('GET', '/stats')
    expect(json).toMatchObject({
      requests: 3,
      aborted: 0,
      byPath: { '/v1/chat/completions': 3 },
      byRequestId: { one: { requests: 2, aborted: 0 } },
    })
    expect((await control('GET', '/stats?requestId=two')).json).toEqual({ requestId: 'two', requests: 0, aborted: 0 })
  })

  it('count streams that the client left', async () => {
    const leave = new AbortController()
    const headers = { 'x-request-id': 'left', 'x-sandbox-fault': 'stall=2' }
    await chat({ stream: true, headers, signal: leave.signal })
    expect((await control('GET', '/stats')).json.streams).toMatchObject({ open: 1 })
    leave.abort()
    await vi.waitFor(
      async () => {
        const { json } = await control('GET', '/stats')
        expect(json).toMatchObject({
          aborted: 1,
          streams: { open: 0, aborted: 1 },
          byRequestId: { left: { aborted: 1 } },
        })
      },
      { timeout: 3000, interval: 10 },
    )
    await (await chat({ stream: true })).text()
    expect((await control('GET', '/stats')).json.streams).toMatchObject({ completed: 1, aborted: 1 })
  })

  it('show the last requests without their credentials', async () => {
    await chat({ headers: { authorization: 'Bearer sk-secret-1234', 'x-kept': 'yes' } })
    const { json } = await control('GET', '/requests')
    expect(json.data[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: '…1234', 'x-kept': 'yes' },
    })
    expect(JSON.stringify(json)).not.toContain('sk-secret')
  })

  it('knows no other endpoint', async () => {
    expect((await control('GET', '/nothing')).status).toBe(404)
    expect((await control('PUT', '/faults')).status).toBe(404)
    expect((await fetch(`${sandbox.url}/v1/nothing`)).status).toBe(404)
    expect(await (await fetch(`${sandbox.url}/healthz`)).json()).toEqual({ status: 'ok' })
  })
})
