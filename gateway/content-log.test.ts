import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newDataKey, wrapDataKey } from '#core/content/content-cipher.ts'
import { newId } from '#core/ids.ts'
import { readContent } from '#lib/content-log/read-content.ts'
import { renewContentKey } from '#lib/content-log/renew-content-key.ts'
import { setContentLogging } from '#lib/content-log/set-content-logging.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listDetectors } from '#lib/detectors/queries.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { databases } from '#lib/platform/database.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { listTiers } from '#lib/tiers/queries.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import { startGateway, until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { sendLoad } from '#test/load.ts'
import { startTcpProxy } from '#test/tcp-proxy.ts'
import { OPERATIONS } from './operations.ts'

let suite: GovernedSuite

beforeAll(async () => {
  suite = await startGovernedSuite()
  await installGuardrails({ ctx: suite.org.admin, input: {} })
  await createTier({ ctx: suite.org.admin, input: { name: 'Confidential', rank: 5, contentLogging: 'metadata' } })
  await setContentLogging({ ctx: suite.org.admin, input: { enabled: true } })
  await suite.gateway.admin('POST', '/sync')
})
afterAll(() => suite?.stop())

/** Words that occur nowhere else. */
const phrase = () => `heron-${randomBytes(9).toString('hex')}`

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
  moderations: text => ({ model: 'sandbox-gpt', input: text }),
  count_tokens: text => ({ model: 'sandbox-claude', messages: [{ role: 'user', content: text }] }),
}

const CASES = OPERATIONS.flatMap(({ name, path: at, streams }) =>
  (streams ? [false, true] : [false]).flatMap(stream =>
    (['Public', 'Internal', 'Confidential'] as const).map(tier => ({ name, at, stream, tier })),
  ),
)

async function ask(at: string, body: unknown, tier: string, gateway = suite.gateway, headers = {}) {
  const all = { 'x-gatehouse-data-class': tier, ...headers }
  const answer = await postJson(`${gateway.url}/v1${at}`, suite.key, body, all)
  const text = await answer.text()
  const id = answer.headers.get('x-request-id') ?? ''
  return { status: answer.status, text, id }
}

/** The text in a stream as its client puts it together, whatever the dialect. */
function streamedText(stream: string): string {
  let text = ''
  for (const [, data = ''] of stream.matchAll(/^data: (\{.*)$/gm)) {
    const event = JSON.parse(data)
    text += event.choices?.[0]?.delta?.content ?? event.choices?.[0]?.text ?? ''
    if (event.type === 'content_block_delta') text += event.delta.text
    if (event.type === 'response.output_text.delta') text += event.delta
  }
  return text
}

const read = (id: string) => readContent({ ctx: suite.org.admin, input: { id, reason: 'A test wants to see it' } })
const rowOf = (id: string) => databases().system.requestContent.findFirst({ where: { id } })
const keptOf = async (id: string) => ((await eventOf(id)).detail as { content?: string }).content

describe('what a tier says is kept', () => {
  test.each(CASES)('$name, stream $stream, $tier', async ({ name, at, stream, tier }) => {
    const said = phrase()
    const { status, text, id } = await ask(at, REQUESTS[name]?.(said, stream), tier)
    expect([status, text.length > 0]).toEqual([200, true])
    if (tier === 'Confidential') {
      expect(await keptOf(id)).toBe('metadata')
      expect(await rowOf(id)).toBeNull()
      await expect(read(id)).rejects.toMatchObject({ kind: 'not_found' })
      return
    }
    expect(await keptOf(id)).toBe(tier === 'Public' ? 'full' : 'restricted')
    const content = await read(id)
    expect(content).toMatchObject({ tier, logging: tier === 'Public' ? 'full' : 'restricted' })
    expect(JSON.stringify(content.conversation)).toContain(said)
    expect(content.request).toEqual({ text: JSON.stringify(REQUESTS[name]?.(said, stream)), truncated: false })
    if (name === 'embeddings') expect(content.response).toBeNull()
    else if (stream) {
      expect(content.response).toMatchObject({ form: 'stream', truncated: false })
      expect(content.answer).toEqual([{ type: 'text', text: streamedText(text) }])
    } else expect(content.response).toEqual({ form: 'body', truncated: false, text })
    const sealed = Buffer.from((await rowOf(id))?.sealed ?? '')
    expect([sealed.length > 0, sealed.includes(said)]).toEqual([true, false])
  })

  test.each([
    ['chat', '/chat/completions', { model: 'sandbox-claude' }],
    ['messages', '/messages', { model: 'sandbox-gpt' }],
    ['responses', '/responses', { model: 'sandbox-claude' }],
  ])('%s to a model that is translated, plain and streamed', async (name, at, model) => {
    for (const stream of [false, true]) {
      const said = phrase()
      const { status, text, id } = await ask(at, { ...REQUESTS[name]?.(said, stream), ...model }, 'Public')
      expect(status).toBe(200)
      await eventOf(id)
      const { answer, conversation, response } = await read(id)
      expect(JSON.stringify(conversation)).toContain(said)
      if (stream) expect(answer).toEqual([{ type: 'text', text: streamedText(text) }])
      else expect(response?.text).toBe(text)
    }
  })

  test.each([false, true])('calls of tools, stream %s', async stream => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    const tools = [{ type: 'function', function: { name: 'weather', parameters } }]
    const chat = { ...REQUESTS.chat?.('the weather', stream), tools, tool_choice: 'required' }
    const messages = {
      ...REQUESTS.messages?.('the weather', stream),
      tools: [{ name: 'weather', input_schema: parameters }],
      tool_choice: { type: 'any' },
    }
    const responses = {
      ...REQUESTS.responses?.('the weather', stream),
      tools: [{ type: 'function', name: 'weather', parameters, strict: false }],
      tool_choice: 'required',
    }
    const bodies = { '/chat/completions': chat, '/messages': messages, '/responses': responses }
    for (const [at, body] of Object.entries(bodies)) {
      const { id, status } = await ask(at, body, 'Public')
      expect(status).toBe(200)
      await eventOf(id)
      const calls = (await read(id)).answer?.filter(part => part.type === 'toolCall')
      expect(calls, at).toMatchObject([{ name: 'weather' }])
      expect(JSON.parse(calls?.[0]?.text ?? ''), at).toHaveProperty('city')
    }
  })

  test('beyond the limit it is cut, and marked so', async () => {
    const gateway = await startGateway({ env: { GATEWAY_CONTENT_MAX_BYTES: '1024' } })
    const said = phrase()
    const long = `${said} ${'And so on. '.repeat(400)}`
    for (const stream of [false, true]) {
      const fault = { 'x-sandbox-fault': 'tokens=900' }
      const body = { ...REQUESTS.chat?.(long, stream), max_tokens: 2_000 }
      const { id, text } = await ask('/chat/completions', body, 'Public', gateway, fault)
      await eventOf(id)
      const { request, response, conversation, answer } = await read(id)
      const whole = stream ? streamedText(text) : JSON.parse(text).choices[0].message.content
      expect(whole.length).toBeGreaterThan(2_000)
      expect([request.truncated, response?.truncated]).toEqual([true, true])
      expect(request.text.length).toBeLessThanOrEqual(1024)
      expect(JSON.stringify(conversation)).toContain(said)
      const begun = answer?.[0]?.text ?? ''
      expect([begun.length > 500, whole.startsWith(begun)]).toEqual([true, true])
    }
    await gateway.stop()
  })

  test('of a client that leaves, what it had received', async () => {
    const leaving = new AbortController()
    const headers = { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${suite.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...headers, 'x-gatehouse-data-class': 'Public', 'x-sandbox-fault': 'chunk-delay=50 tokens=200' },
      body: JSON.stringify(REQUESTS.chat?.('a long story', true)),
      signal: leaving.signal,
    })
    const reader = answer.body?.getReader()
    for (let frames = 0; frames < 4; frames++) await reader?.read()
    leaving.abort()
    await reader?.read().catch(() => {})
    const event = await eventOf(answer)
    expect(event.outcome).toBe('client_aborted')
    expect((await read(event.id)).response).toMatchObject({ form: 'stream' })
  })
})

describe('what must not be kept', () => {
  test('a value that was masked, anywhere', async () => {
    const rule = (await listDetectors(suite.org.admin)).find(one => one.detector === 'email')
    const actions = { Public: 'mask', Confidential: 'mask', Internal: 'mask', Restricted: 'mask' }
    await updateDetector({ ctx: suite.org.admin, input: { id: rule?.id, actions } })
    await suite.gateway.admin('POST', '/sync')
    const mail = `${phrase()}@example.com`
    for (const [name, at] of [
      ['chat', '/chat/completions'],
      ['messages', '/messages'],
      ['responses', '/responses'],
    ] as const) {
      for (const stream of [false, true]) {
        const { id } = await ask(at, REQUESTS[name]?.(`write to ${mail} today`, stream), 'Public')
        await eventOf(id)
        const content = JSON.stringify(await read(id))
        expect(content).not.toContain(mail)
        expect(content).toContain('[EMAIL]')
      }
    }
  })

  test('anything of a request that was refused', async () => {
    const { id, status } = await ask('/chat/completions', REQUESTS.chat?.('password: Tr0ub4dor&3x', false), 'Public')
    expect(status).toBe(403)
    expect(await keptOf(id)).toBe('unanswered')
    expect(await rowOf(id)).toBeNull()
  })

  test('a name given twice: what was inspected is kept, not what was hidden behind it', async () => {
    const hidden = phrase()
    const body = `{"model":"sandbox-gpt","messages":[{"role":"user","content":"${hidden}","content":"hello there"}]}`
    const { id, status } = await ask('/chat/completions', body, 'Public')
    expect(status).toBe(200)
    await eventOf(id)
    expect((await read(id)).request.text).not.toContain(hidden)
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
    expect([await keptOf(id), await rowOf(id)]).toEqual(['metadata', null])
    await updateTier({ ctx: suite.org.admin, input: { id: tier?.id, contentLogging: 'restricted' } })
    await suite.gateway.admin('POST', '/sync')
  })

  test('what a tier keeps as metadata is nowhere: not in a spool file, a table, the log, or Postgres’s own files', async () => {
    const proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
    const gateway = await startGateway({ env: { DATABASE_URL: proxy.url } })
    await until('ready', async () => (await fetch(`${gateway.url}/readyz`)).ok)
    proxy.cut()
    const [secret, kept] = [phrase(), phrase()]
    const ids: string[] = []
    for (const { name, at, stream } of CASES.filter(one => one.tier === 'Public')) {
      for (const [said, tier] of [
        [secret, 'Confidential'],
        [kept, 'Public'],
      ] as const) {
        ids.push((await ask(at, REQUESTS[name]?.(said, stream), tier, gateway)).id)
      }
    }
    const spool = path.join(process.env.GATEHOUSE_HOME ?? '', 'gateway', gateway.name)
    // The events are there, and with them only what may be kept, encrypted.
    expect(filesWith(ids[0] ?? 'nothing', spool).length).toBeGreaterThan(0)
    for (const words of [secret, kept]) expect(filesWith(words, spool)).toEqual([])
    proxy.restore()
    for (const id of ids) await eventOf(id)
    expect((await read(ids[1] ?? '')).request.text).toContain(kept)
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

/** Files below a folder that contain a text, plain, as hex or as base64. */
function filesWith(words: string, folder: string): string[] {
  const forms = [words, Buffer.from(words).toString('hex')].flatMap(form => ['-e', form])
  try {
    return execFileSync('grep', ['-rlaF', ...forms, folder])
      .toString()
      .trim()
      .split('\n')
  } catch {
    return []
  }
}

/** Tables, of every schema, with a row that contains a text. */
async function tablesWith(words: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`)
    const found: string[] = []
    for (const { name } of rows) {
      const query = `select exists (select from ${name} t where t::text like any($1)) as there`
      const hits = await owner.query(query, [[`%${words}%`, `%${Buffer.from(words).toString('hex')}%`]])
      if (hits.rows[0].there) found.push(name)
    }
    return found
  } finally {
    await owner.end()
  }
}

test('killed under load and restarted: every answered request has its event and its content, once', async () => {
  const name = `killed-${newId()}`
  let gateway = await startGateway({ env: { GATEWAY_NAME: name } })
  let restarted: Promise<void> | null = null
  const result = await sendLoad({
    url: () => gateway.url,
    key: suite.key,
    plain: 100,
    streaming: 100,
    concurrency: 25,
    fault: 'latency=5 chunk-delay=2',
    onAnswer: answered => {
      if (answered !== 80) return
      restarted = gateway.kill().then(async () => {
        gateway = await startGateway({ env: { GATEWAY_NAME: name } })
      })
    },
  })
  await restarted
  expect(result.failed).toBeGreaterThan(0)
  const where = { id: { in: result.completed } }
  const count = () => databases().system.requestContent.count({ where })
  await until('all content is there', async () => (await count()) === result.completed.length, 20_000)
  expect((await read(result.completed[0] ?? '')).answer).not.toBeNull()
  expect(await gateway.stop()).toBe(0)
})

describe('without a key that works', () => {
  test('another installation’s key keeps nothing, says so, and serves', async () => {
    const id = newId()
    const doc = JSON.stringify({ wrappedKey: wrapDataKey(randomBytes(32), id, newDataKey()) })
    const { system } = databases()
    const publish = (deleted: boolean) =>
      system.$queryRaw`select publish_config(${suite.org.id}::uuid, 'content_key', ${id}::uuid, ${doc}::jsonb, ${deleted})::text`
    await setContentLogging({ ctx: suite.org.admin, input: { enabled: false } })
    await publish(false)
    await suite.gateway.admin('POST', '/sync')
    const said = phrase()
    const { id: asked, status } = await ask('/chat/completions', REQUESTS.chat?.(said, false), 'Public')
    expect([status, await keptOf(asked), await rowOf(asked)]).toEqual([200, 'off', null])
    const { body } = await suite.gateway.admin('GET', '/status')
    expect(body).toMatchObject({ state: 'degraded', reasons: [expect.stringContaining('not readable')] })
    expect(await tablesWith(said)).toEqual([])
    await publish(true)
  })

  test('switched off nothing is kept, switched on it is, and a renewed key opens what the old one sealed', async () => {
    await suite.gateway.admin('POST', '/sync')
    const off = await ask('/chat/completions', REQUESTS.chat?.('hello', false), 'Public')
    expect([await keptOf(off.id), await rowOf(off.id)]).toEqual(['off', null])
    await setContentLogging({ ctx: suite.org.admin, input: { enabled: true } })
    await suite.gateway.admin('POST', '/sync')
    const before = await ask('/chat/completions', REQUESTS.chat?.('before', false), 'Public')
    await eventOf(before.id)
    await renewContentKey({ ctx: suite.org.admin, input: {} })
    await suite.gateway.admin('POST', '/sync')
    const after = await ask('/chat/completions', REQUESTS.chat?.('after', false), 'Public')
    await eventOf(after.id)
    expect((await rowOf(before.id))?.keyId).not.toBe((await rowOf(after.id))?.keyId)
    for (const [{ id }, words] of [
      [before, 'before'],
      [after, 'after'],
    ] as const) {
      expect((await read(id)).request.text).toContain(words)
    }
  })

  test('an organization without tiers keeps nothing', async () => {
    const other = await startGovernedSuite()
    await setContentLogging({ ctx: other.org.admin, input: { enabled: true } })
    await other.gateway.admin('POST', '/sync')
    const answer = await other.post('/v1/chat/completions', REQUESTS.chat?.('hello', false))
    await answer.text()
    const event = await eventOf(answer)
    expect([(event.detail as { content?: string }).content, await rowOf(event.id)]).toEqual(['no_tier', null])
    await other.stop()
  })

  test('erased, nobody reads it again', async () => {
    const { id } = await ask('/chat/completions', REQUESTS.chat?.('hello', false), 'Public')
    await eventOf(id)
    await read(id)
    await setContentLogging({ ctx: suite.org.admin, input: { enabled: false, erase: true } })
    await expect(read(id)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('erased') })
  })
})
