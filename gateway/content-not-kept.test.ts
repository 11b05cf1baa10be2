import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listDetectors } from '#lib/detectors/queries.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { listTiers } from '#lib/tiers/queries.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import {
  type ContentSuite,
  contentKept,
  contentRow,
  filesWith,
  startContentSuite,
  tablesWith,
  uniqueWords,
} from '#test/content-suite.ts'
import { startGateway, until } from '#test/gateway.ts'
import { eventOf, postJson } from '#test/governed-suite.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'
import { OPERATIONS } from './operations.ts'

let suite: ContentSuite

beforeAll(async () => {
  suite = await startContentSuite()
})

afterAll(() => suite?.stop())

/** A request of each operation that says a text; a new operation without one here fails the test below. */
const REQUESTS: Record<string, (text: string, stream: boolean) => Record<string, unknown>> = {
  chat: (text, stream) => ({ model: 'sandbox-gpt', stream, messages: [{ role: 'user', content: `Repeat: ${text}` }] }),
  responses: (text, stream) => ({ model: 'sandbox-gpt', stream, input: `Repeat: ${text}` }),
  messages: (text, stream) => ({
    model: 'sandbox-claude',
    stream,
    max_tokens: 200,
    messages: [{ role: 'user', content: `Repeat: ${text}` }],
  }),
  embeddings: text => ({ model: 'sandbox-embed', input: [text] }),
  completions: (text, stream) => ({ model: 'sandbox-gpt', stream, prompt: `Repeat: ${text}` }),
  moderations: text => ({ model: 'sandbox-moderation', input: text }),
  count_tokens: text => ({ model: 'sandbox-claude', messages: [{ role: 'user', content: text }] }),
}

const CASES = OPERATIONS.flatMap(({ name, path: at, streams }) =>
  (streams ? [false, true] : [false]).flatMap(stream =>
    (['Public', 'Internal', 'Confidential'] as const).map(tier => ({ name, at, stream, tier })),
  ),
)

describe('what must not be kept', () => {
  test('a value that was masked, anywhere', async () => {
    const rule = (await listDetectors(suite.org.admin)).find(one => one.detector === 'email')
    const actions = { Public: 'mask', Confidential: 'mask', Internal: 'mask', Restricted: 'mask' }
    await updateDetector({ ctx: suite.org.admin, input: { id: rule?.id, actions } })
    await suite.gateway.admin('POST', '/sync')
    const mail = `${uniqueWords()}@example.com`
    for (const [name, at] of [
      ['chat', '/chat/completions'],
      ['messages', '/messages'],
      ['responses', '/responses'],
    ] as const) {
      for (const stream of [false, true]) {
        const { id } = await suite.ask(at, REQUESTS[name]?.(`write to ${mail} today`, stream), 'Public')
        await eventOf(id)
        const content = JSON.stringify(await suite.read(id))
        expect(content).not.toContain(mail)
        expect(content).toContain('[EMAIL]')
      }
    }
  })

  test('anything of a request that was refused', async () => {
    const { id, status } = await suite.ask(
      '/chat/completions',
      REQUESTS.chat?.('password: Tr0ub4dor&3x', false),
      'Public',
    )
    expect(status).toBe(403)
    expect(await contentKept(id)).toBe('unanswered')
    expect(await contentRow(id)).toBeNull()
  })

  test('a name given twice: what was inspected is kept, not what was hidden behind it', async () => {
    const hidden = uniqueWords()
    const body = `{"model":"sandbox-gpt","messages":[{"role":"user","content":"${hidden}","content":"hello there"}]}`
    const { id, status } = await suite.ask('/chat/completions', body, 'Public')
    expect(status).toBe(200)
    await eventOf(id)
    expect((await suite.read(id)).request.text).not.toContain(hidden)
  })

  test('anything when a tier turns stricter while a stream runs', async () => {
    const tier = (await listTiers(suite.org.admin)).find(one => one.name === 'Internal')
    const headers = { 'x-gatehouse-data-class': 'Internal', 'x-sandbox-fault': 'chunk-delay=50 tokens=30' }
    const url = `${suite.gateway.url}/v1/chat/completions`
    const answer = await postJson(url, suite.key, REQUESTS.chat?.('a story', true), headers)
    await updateTier({ ctx: suite.org.admin, input: { id: tier?.id, contentLogging: 'metadata' } })
    await suite.gateway.admin('POST', '/sync')
    await answer.text()
    const { id } = await eventOf(answer)
    expect([await contentKept(id), await contentRow(id)]).toEqual(['metadata', null])
    await updateTier({ ctx: suite.org.admin, input: { id: tier?.id, contentLogging: 'restricted' } })
    await suite.gateway.admin('POST', '/sync')
  })

  test('what a tier keeps as metadata is nowhere: not in a spool file, a table, the log, or Postgres’s own files', async () => {
    const proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
    const gateway = await startGateway({ env: { DATABASE_URL: proxy.url } })
    await until('ready', async () => (await fetch(`${gateway.url}/readyz`)).ok)
    proxy.cut()
    const [secret, kept] = [uniqueWords(), uniqueWords()]
    const ids: string[] = []
    for (const { name, at, stream } of CASES.filter(one => one.tier === 'Public')) {
      for (const [said, tier] of [
        [secret, 'Confidential'],
        [kept, 'Public'],
      ] as const) {
        ids.push((await suite.ask(at, REQUESTS[name]?.(said, stream), tier, { gateway })).id)
      }
    }
    const spool = path.join(process.env.GATEHOUSE_HOME ?? '', 'gateway', gateway.name)
    // The events are there, and with them only what may be kept, encrypted.
    expect(filesWith(ids[0] ?? 'nothing', spool).length).toBeGreaterThan(0)
    for (const words of [secret, kept]) expect(filesWith(words, spool)).toEqual([])
    proxy.restore()
    for (const id of ids) await eventOf(id)
    expect((await suite.read(ids[1] ?? '')).request.text).toContain(kept)
    // The searches do find what is there.
    expect((await tablesWith(ids[0] ?? 'nothing')).some(name => name.includes('request_events'))).toBe(true)
    for (const words of [secret, kept]) {
      expect(await tablesWith(words)).toEqual([])
      expect(filesWith(words, process.env.GATEHOUSE_HOME ?? '')).toEqual([])
      expect(gateway.output()).not.toContain(words)
    }
    await gateway.stop()
    await proxy.close()
  })
})
