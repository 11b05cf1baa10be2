import type { Draw } from './draw.ts'

/** One thing to do to the gateway: bytes in pieces, and how the client goes away. */
export interface FuzzCase {
  /** What is wrong, for a report. */
  kind: string
  pieces: Buffer[]
  /** How many answers to wait for; 0: the client leaves when it has written. */
  answers: number
}

const JSON_TYPE = 'content-type: application/json'
const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'post', 'TRACE', 'BREW']
const PATHS = [
  '/',
  '//v1/chat/completions',
  '/v1//chat/completions',
  '/v1/../v1/chat/completions',
  '/v1/%63hat/completions',
  '/v1/chat%2fcompletions',
  '/v1/chat/completions/',
  '/v1/chat/completions?beta=true&x=%00',
  '/v1/chat/completions#x',
  '/V1/CHAT/COMPLETIONS',
  '/v1/models/%',
  '/v1/models/%ff',
  '/v1/models/__proto__',
  '/v1/models/..%2f..%2fetc',
  `/v1/models/${'x'.repeat(2_000)}`,
  '/anthropic/v1/models?limit=x',
  '/openai/openai/v1/chat/completions',
  'http://evil.example/v1/chat/completions',
  '*',
  '/healthz/x',
  '/metrics?x',
  '/openapi.json/',
]
const HEADERS = [
  'content-type: text/plain',
  'content-type: application/json; charset=utf-16',
  'content-type: application/xml',
  'content-type: multipart/form-data; boundary=x',
  'content-type:',
  'content-encoding: gzip',
  'content-encoding: br, identity',
  'accept-encoding: zstd',
  'x-stainless-timeout: -1',
  'x-stainless-timeout: 1e999',
  'x-stainless-timeout: 0.001',
  'traceparent: 00-zz-zz-00',
  'traceparent: 00-00000000000000000000000000000000-0000000000000000-00',
  'x-gatehouse-user: \xff\xfe',
  `x-gatehouse-workload: ${'w'.repeat(500)}`,
  'x-gatehouse-data-class: nothing',
  'x-gatehouse-data-class: __proto__',
  'x-sandbox-fault: nonsense',
  'x-sandbox-fault: status=503',
  'x-sandbox-fault: cut=2',
  'x-sandbox-fault: malformed=2',
  'anthropic-version: 1',
  'anthropic-beta: \t,,',
  'x-request-id: x, y',
  'expect: 100-continue',
  'expect: something',
  'connection: upgrade\r\nupgrade: websocket',
  'x-forwarded-for: 999.1.1.1, nonsense',
  'host: ',
  'te: trailers',
]
const KEYS = ['', 'x', 'gh_live_', 'gh_live_AAAAAAAAAAAA_x', 'gh_st_AAAAAAAAAAAA_x', '\xff', 'x'.repeat(10_000)]

/** A request as it should be, with the headers given. */
export function plain(path: string, key: string, body: Buffer, headers: readonly string[] = [JSON_TYPE]): Buffer {
  const lines = [`POST ${path} HTTP/1.1`, 'host: x', `authorization: Bearer ${key}`, ...headers]
  return Buffer.concat([head([...lines, `content-length: ${body.length}`]), body])
}

/** A request whose head is odd: its headers, its key, its method or its path. */
export function oddHead(draw: Draw, path: string, key: string, body: Buffer): FuzzCase {
  switch (draw.below(5)) {
    case 0: {
      const given = Array.from({ length: draw.below(4) + 1 }, () => draw.of(HEADERS))
      return { kind: 'headers', pieces: [plain(path, key, body, [JSON_TYPE, ...given])], answers: 1 }
    }
    case 1:
      return { kind: 'key', pieces: [plain(path, draw.of(KEYS), body)], answers: 1 }
    case 2: {
      const method = draw.of(METHODS)
      const text = plain(path, key, method === 'HEAD' ? Buffer.alloc(0) : body).toString('latin1')
      return { kind: 'method', pieces: [Buffer.from(text.replace('POST', method), 'latin1')], answers: 1 }
    }
    case 3: {
      const flood = Array.from({ length: draw.of([50, 900, 2_500]) }, (_, at) => `x-h${at}: ${at}`)
      return { kind: 'header flood', pieces: [plain(path, key, body, [JSON_TYPE, ...flood])], answers: 1 }
    }
    default:
      return { kind: 'path', pieces: [plain(draw.of(PATHS), key, body)], answers: 1 }
  }
}

/** A request whose bytes come oddly: lengths that lie, chunks that are none, several at once, or only a part. */
export function oddTransfer(draw: Draw, path: string, key: string, body: Buffer): FuzzCase {
  const lines = [`POST ${path} HTTP/1.1`, 'host: x', `authorization: Bearer ${key}`, JSON_TYPE]
  const whole = plain(path, key, body)
  switch (draw.below(9)) {
    case 0: {
      const size = draw.of(['zz', '-1', 'ffffffffffffffff', `${body.length.toString(16)};x="`, '1'])
      const chunk = Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
      return { kind: 'chunks', pieces: [head([...lines, 'transfer-encoding: chunked']), chunk], answers: 0 }
    }
    case 1: {
      const at = draw.below(body.length + 1)
      const chunks = [body.subarray(0, at), body.subarray(at)].filter(chunk => chunk.length > 0)
      const coded = chunks.map(chunk =>
        Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
      )
      const pieces = [head([...lines, 'transfer-encoding: chunked']), ...coded, Buffer.from('0\r\n\r\n')]
      return { kind: 'small chunks', pieces, answers: 1 }
    }
    case 2: {
      const length = draw.of(['-1', '1e3', '99999999999999999999', `${body.length}, ${body.length}`, 'x', '+5'])
      return { kind: 'length', pieces: [head([...lines, `content-length: ${length}`]), body], answers: 0 }
    }
    case 3:
      return { kind: 'cancelled', pieces: [whole.subarray(0, draw.below(whole.length))], answers: 0 }
    case 4:
      return { kind: 'left', pieces: [whole], answers: 0 }
    case 5:
      return { kind: 'pipelined', pieces: [Buffer.concat([whole, whole, plain('/v1/models', key, body)])], answers: 3 }
    case 6: {
      const smuggled = [...lines, `content-length: ${body.length}`, 'transfer-encoding: chunked']
      return { kind: 'two lengths', pieces: [head(smuggled), body], answers: 1 }
    }
    case 7: {
      const large = Buffer.alloc(draw.of([300_000, 600_000]), '{"model":"x",')
      return { kind: 'too large', pieces: [plain(path, key, large)], answers: 1 }
    }
    default:
      return {
        kind: 'no HTTP',
        pieces: [
          Buffer.from(
            draw.of([
              '\0\0\0\0',
              'GET',
              '{"a":1}\r\n\r\n',
              '\x16\x03\x01\x02\x00',
              '\r\n\r\n\r\n',
              'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
            ]),
          ),
        ],
        answers: 0,
      }
  }
}

function head(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}
