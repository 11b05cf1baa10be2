import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, startGovernedSuite } from '#test/governed-suite.ts'

let suite: GovernedSuite
let folder: string
let sign: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-full-disk-'))
  sign = path.join(folder, 'full')
  const filler = pathToFileURL(path.resolve(import.meta.dirname, '../test/full-disk.ts'))
  suite = await startGovernedSuite({ NODE_OPTIONS: `--import=${filler}`, TEST_FULL_DISK_SIGN: sign })
})
afterAll(async () => {
  await suite?.stop()
  await rm(folder, { recursive: true, force: true })
})

const WIRES = [
  ['/v1/chat/completions', 'sandbox-gpt'],
  ['/v1/messages', 'sandbox-claude'],
] as const
const ask = (path: string, model: string, stream: boolean, fault = '') =>
  suite.post(
    path,
    { model, stream, max_tokens: 200, messages: [{ role: 'user', content: 'Say hello' }] },
    { 'x-sandbox-fault': fault },
  )

test('a disk that fills up: answers that cannot be recorded are withheld, new requests refused, until there is room', async () => {
  const streams = await Promise.all(WIRES.map(([at, model]) => ask(at, model, true, 'chunk-delay=20 tokens=60')))
  await writeFile(sign, '')
  for (const answer of streams) {
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('evidence_unavailable')
    expect(text).not.toMatch(/\[DONE\]|message_stop/)
  }
  for (const [at, model] of WIRES) {
    const before = (await (await fetch(`${suite.sandbox.url}/control/stats`)).json()) as { requests: number }
    const refused = await ask(at, model, false)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await refused.json()).toMatchObject({ error: { code: 'evidence_unavailable' } })
    const after = (await (await fetch(`${suite.sandbox.url}/control/stats`)).json()) as { requests: number }
    expect(after.requests).toBe(before.requests)
  }
  await rm(sign)
  const served = await until('it serves again', async () => {
    const answer = await ask(...WIRES[0], false)
    await answer.arrayBuffer()
    return answer.status === 200 && answer
  })
  expect(await eventOf(served)).toMatchObject({ outcome: 'ok', costState: 'priced' })
  for (const answer of streams) expect((await eventOf(answer)).costNanoUsd).toBeGreaterThan(0n)
})

test('an answer that is whole when the disk is full is withheld too', async () => {
  const pending = ask(...WIRES[0], false, 'latency=400')
  await until('the provider has it', async () => {
    const { data } = (await (await fetch(`${suite.sandbox.url}/control/requests`)).json()) as {
      data: { headers: Record<string, string> }[]
    }
    return data.some(one => one.headers['x-sandbox-fault'] === 'latency=400')
  })
  await writeFile(sign, '')
  const answer = await pending
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ error: { code: 'evidence_unavailable' } })
  await rm(sign)
})
