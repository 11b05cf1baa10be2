import type { ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider, withText } from '#test/scripted-provider.ts'

let suite: GovernedSuite
let provider: ScriptedProvider
beforeAll(async () => {
  suite = await startGovernedSuite()
  provider = await startScriptedProvider(suite)
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const CHAT = '/v1/chat/completions'
const USAGE = { prompt_tokens: 1, completion_tokens: 1 }
const ANSWER = { choices: [{ index: 0, message: { role: 'assistant', content: 'x' } }], usage: USAGE }
const ERROR = '{"error":{"message":"No such thing.","type":"invalid_request_error","code":null,"param":null}}'
const part = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`
const END = `${part('', 'stop')}data: ${JSON.stringify({ choices: [], usage: USAGE })}\n\ndata: [DONE]\n\n`
const MIB = 1024 * 1024

interface Encoder extends Pick<Transform, 'write' | 'end' | 'read' | 'pipe'> {
  flush(done: () => void): void
}
interface Encoding {
  header: string
  whole(data: Buffer): Buffer
  stream(): Encoder
}
/** One encoding within another, flushed through both. */
function within(inner: zlib.Gzip, outer: zlib.Gzip | zlib.BrotliCompress): Encoder {
  inner.on('data', chunk => outer.write(chunk)).on('end', () => outer.end())
  return {
    write: inner.write.bind(inner),
    end: inner.end.bind(inner),
    read: outer.read.bind(outer),
    pipe: outer.pipe.bind(outer),
    flush: done => inner.flush(() => setImmediate(() => outer.flush(done))),
  }
}
const FAST = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } }
const ENCODINGS: Encoding[] = [
  { header: 'gzip', whole: data => zlib.gzipSync(data), stream: () => zlib.createGzip() },
  { header: 'X-GZip', whole: data => zlib.gzipSync(data), stream: () => zlib.createGzip() },
  { header: 'deflate', whole: data => zlib.deflateSync(data), stream: () => zlib.createDeflate() },
  { header: ' deflate ', whole: data => zlib.deflateRawSync(data), stream: () => zlib.createDeflateRaw() },
  { header: 'br', whole: data => zlib.brotliCompressSync(data, FAST), stream: () => zlib.createBrotliCompress() },
  { header: 'zstd', whole: data => zlib.zstdCompressSync(data), stream: () => zlib.createZstdCompress() },
  {
    header: 'gzip, br',
    whole: data => zlib.brotliCompressSync(zlib.gzipSync(data), FAST),
    stream: () => within(zlib.createGzip(), zlib.createBrotliCompress()),
  },
]

const encoded = (header: string, bytes: Buffer, status = 200, type = 'application/json') => {
  return (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': type, 'content-encoding': header }).end(bytes)
}
const ask = (more: object = {}, path = CHAT) =>
  postJson(suite.gateway.url + path, suite.key, {
    model: 'scripted-sandbox-gpt',
    messages: [{ role: 'user', content: 'hi' }],
    max_tokens: 5,
    ...more,
  })
const codeOf = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code

describe.each(ENCODINGS)('an answer in $header', ({ header, whole, stream }) => {
  test('is given as it was before it was compressed', async () => {
    provider.answers(encoded(header, whole(Buffer.from(JSON.stringify(ANSWER)))))
    const answer = await ask()
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, null])
    expect(await answer.text()).toBe(JSON.stringify(ANSWER))
    expect(await eventOf(answer)).toMatchObject({ usageState: 'measured', outputTokens: 1 })
  })

  test('that is an error is told in the provider’s words, translated or not', async () => {
    provider.answers(encoded(header, whole(Buffer.from(ERROR)), 400))
    const [same, translated] = [await ask(), await ask({}, '/v1/messages')]
    expect([same.status, await same.text()]).toEqual([400, ERROR])
    expect(await translated.json()).toMatchObject({ type: 'error', error: { message: 'No such thing.' } })
  })

  test('that is streamed comes piece by piece as the provider sends it', async () => {
    let goOn = (): void => undefined
    provider.answers(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': header })
      const encoder = stream()
      encoder.pipe(response)
      encoder.write(part('first'))
      encoder.flush(() => undefined)
      goOn = () => void encoder.end(END)
    })
    const answer = await ask({ stream: true })
    let heard = ''
    // The provider says more only when what it has said is here.
    for await (const chunk of answer.body ?? []) {
      heard += Buffer.from(chunk).toString()
      if (heard === part('first')) goOn()
    }
    expect(heard).toBe(`${part('first')}${part('', 'stop')}data: [DONE]\n\n`)
    expect(await eventOf(answer)).toMatchObject({ outcome: 'ok', usageState: 'measured' })
  })

  test('that breaks off is an error, whole and in the middle of its stream', async () => {
    const bytes = whole(Buffer.from(JSON.stringify(ANSWER)))
    provider.answers(encoded(header, bytes.subarray(0, -9)))
    const answer = await ask()
    expect([answer.status, codeOf(await answer.text())]).toEqual([502, 'upstream_incomplete'])
    provider.answers(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': header })
      const encoder = stream()
      encoder.write(part('first'))
      encoder.flush(() => response.end(encoder.read()))
    })
    const cut = await ask({ stream: true })
    const text = await cut.text()
    expect(text.startsWith(part('first'))).toBe(true)
    expect(text).toContain('upstream_incomplete')
    expect(text).not.toContain('[DONE]')
  })

  test('that would fill the memory is stopped, whole and streamed', async () => {
    const bomb = whole(Buffer.from(`: ${'x'.repeat(MIB)}\n\n`.repeat(70)))
    expect(bomb.length).toBeLessThan(MIB)
    provider.answers(encoded(header, bomb, 500))
    const answer = await ask()
    expect([answer.status, codeOf(await answer.text())]).toEqual([502, 'upstream_too_large'])
    // Another attempt would only repeat it.
    expect(answer.headers.get('x-gatehouse-attempts')).toBe('1')
    provider.answers(encoded(header, bomb, 200, 'text/event-stream'))
    const streamed = await ask({ stream: true })
    expect([streamed.status, codeOf(await streamed.text())]).toEqual([502, 'upstream_too_large'])
  })
})

test.each([
  ['gzip', 400],
  ['gzip', 200],
  ['compress', 400],
  ['gzip, br', 200],
  ['gzip, compress', 200],
  ['constructor', 200],
])('an answer that is called %s and is not, or cannot be read, of status %i, is an error', async (header, status) => {
  provider.answers(encoded(header, Buffer.from(JSON.stringify(ANSWER)), status))
  const answer = await ask()
  expect([answer.status, codeOf(await answer.text())]).toEqual([502, 'upstream_malformed'])
})

test.each(['identity', ''])('an answer whose encoding is %j is as it is', async header => {
  provider.answers(encoded(header, Buffer.from(JSON.stringify(ANSWER))))
  expect(await (await ask()).json()).toEqual(ANSWER)
})

test('three encodings are taken off, the last one first', async () => {
  const bytes = zlib.zstdCompressSync(zlib.brotliCompressSync(zlib.deflateSync(JSON.stringify(ANSWER)), FAST))
  provider.answers(encoded('deflate, identity,BR , zstd', bytes))
  expect(await (await ask()).json()).toEqual(ANSWER)
})

test('four encodings are refused, though each could be taken off', async () => {
  const four = [1, 2, 3, 4].reduce(data => zlib.gzipSync(data), Buffer.from(JSON.stringify(ANSWER)))
  provider.answers(encoded('gzip, gzip, gzip, gzip', four))
  const answer = await ask()
  expect([answer.status, codeOf(await answer.text())]).toEqual([502, 'upstream_malformed'])
})

test('what is large only between two encodings is stopped as well', async () => {
  const empty = Buffer.concat(Array.from({ length: 64 }, () => zlib.gzipSync('')))
  const between = Buffer.alloc(65 * MIB, empty.subarray(0, 20 * Math.floor(empty.length / 20)))
  provider.answers(encoded('gzip, br', zlib.brotliCompressSync(between, FAST), 500))
  const answer = await ask()
  expect([answer.status, codeOf(await answer.text())]).toEqual([502, 'upstream_malformed'])
})

test('an empty error that is called compressed is empty', async () => {
  provider.answers(withText('', 418, 'text/plain', { 'content-encoding': 'gzip' }))
  const answer = await ask()
  expect([answer.status, await answer.text()]).toEqual([418, ''])
})

test('a client that stops reading stops the provider, and one that leaves then ends the call', async () => {
  let gone = false
  let taken = 0
  const piece = part(
    Buffer.alloc(48 * 1024, 0)
      .map(() => 97 + Math.floor(Math.random() * 26))
      .toString(),
  )
  provider.answers(response => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' })
    const encoder = zlib.createGzip()
    encoder.pipe(response)
    response.on('close', () => {
      gone = true
      encoder.destroy()
    })
    const more = (): void => {
      while (!gone && taken < 3000 && encoder.write(piece)) taken++
      if (!gone) encoder.once('drain', more)
    }
    more()
  })
  const abort = new AbortController()
  const answer = await fetch(suite.gateway.url + CHAT, {
    method: 'POST',
    signal: abort.signal,
    headers: { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'scripted-sandbox-gpt', messages: [], stream: true }),
  })
  let before = -1
  await until('nothing more is taken', async () => {
    if (taken === before) return true
    before = taken
    await new Promise(resolve => setTimeout(resolve, 1_000))
    return false
  })
  expect(taken).toBeLessThan(800)
  abort.abort()
  await until('the provider sees it', () => gone)
  expect(await eventOf(answer)).toMatchObject({ outcome: 'client_aborted' })
})
