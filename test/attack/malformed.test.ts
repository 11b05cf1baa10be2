import { beforeAll, describe, expect, test } from 'vitest'
import { operations } from '#lib/api/registry.ts'
import type { Operation } from '#lib/platform/operation.ts'
import { type CallOptions, callApi } from '#test/api-caller.ts'
import { bodyFor, nameOf } from './attack-request.ts'
import { fieldsOf } from './sample-input.ts'
import { makeVictim, type Victim } from './victim.ts'

const HUGE = 'x'.repeat(100_000)
const DEEP = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`

/** Bodies that are no object of the right form, as they are sent. */
const BODIES = ['', '{', '[]', '[[]]', 'null', '5', '"x"', 'true', '{}', '{"__proto__":{"id":1}}', '{"a":1e999}', DEEP]

/** What a field may be given instead of its value. */
const VALUES: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 31,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  HUGE,
  'a\u0000b',
  '\ud800',
  "'; drop table people; --",
  '999999999999',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '00000000-0000-0000-0000-000000000000',
  [],
  [null],
  [[]],
  [HUGE],
  Array.from({ length: 1_000 }, () => 'x'),
  {},
  { toString: 1 },
]

const cursor = (text: string) => Buffer.from(text).toString('base64url')
const QUERY_VALUES = [
  '',
  '-1',
  '0',
  '999999999999999999999',
  '1e9',
  'null',
  '%00',
  '%ED%A0%80',
  "'%20or%201=1",
  'x'.repeat(5_000),
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  cursor('-'.repeat(36)),
  cursor('{}'),
  cursor('9999-12-31T23:59:59.999Z|00000000-0000-0000-0000-000000000000'),
  cursor('99999999999999999999999999'),
  cursor('a\u0000b'),
]

let victim: Victim
beforeAll(async () => {
  victim = await makeVictim()
})

const idOf = (field: string) => victim.ids[field.replace(/s$/, '')] ?? victim.organizationId

async function neverFails(operation: Operation, query: string, options: CallOptions): Promise<void> {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => (name === 'id' ? recordOf(operation) : idOf(name)))
  const answer = await callApi(operation.method, path + query, { token: victim.token, ...options })
  const sent = `${options.text?.slice(0, 200) ?? JSON.stringify(options.body)?.slice(0, 200)} ${query.slice(0, 200)}`
  expect(answer.status, `${nameOf(operation)} ${sent}: ${answer.text}`).toBeLessThan(500)
}

/** The record that an operation is about, by the first word of its path. */
function recordOf(operation: Operation): string {
  const kinds: Record<string, string> = { people: 'personId', 'service-tokens': 'tokenId', audit: 'auditEntryId' }
  const resource = operation.path.split('/')[1] ?? ''
  return idOf(kinds[resource] ?? `${resource.replace(/s$/, '')}Id`)
}

/** Put together as text: assigning to `__proto__` would not make a field. */
function withField(valid: object, field: string, value: unknown): string {
  const others = Object.entries(valid).filter(([name]) => name !== field)
  const pairs = [...others, [field, value] as const]
  return `{${pairs.map(([name, given]) => `${JSON.stringify(name)}:${JSON.stringify(given)}`).join(',')}}`
}

const cases = operations.map(operation => [nameOf(operation), operation] as const)

describe.each(cases.filter(([, { body }]) => body))('%s', (_, operation) => {
  test('refuses or takes any body, and never fails', async () => {
    for (const text of BODIES) await neverFails(operation, '', { text })
    await neverFails(operation, '', { text: Uint8Array.from([0xff, 0xfe, 0x00]) })
  })

  test('refuses or takes any value of a field, and never fails', async () => {
    const valid = bodyFor(operation, idOf) as object
    const fields = operation.body ? fieldsOf(operation.body) : []
    for (const field of [...fields, 'unknown', '__proto__', 'constructor']) {
      for (const value of VALUES) {
        await neverFails(operation, '', { text: withField(valid, field, value) })
      }
    }
  })
})

describe.each(cases)('the query of %s', (_, operation) => {
  test('may be anything, and never fails', async () => {
    const fields = operation.query ? fieldsOf(operation.query) : []
    const body = operation.body ? { body: bodyFor(operation, idOf) } : {}
    // With a body that is right, only the query can be refused; changing things for real is not the point.
    const harmless = operation.method === 'GET' ? fields : []
    for (const field of [...harmless, 'unknown']) {
      for (const value of QUERY_VALUES) await neverFails(operation, `?${field}=${value}`, body)
      await neverFails(operation, `?${field}=a&${field}=b`, body)
    }
  })
})

test.each([
  ['a long path', `/keys/${'a'.repeat(8_000)}`],
  ['many segments', '/a'.repeat(2_000)],
  ['broken escapes', '/keys/%E0%A4%A'],
  ['an escaped slash', '/keys/..%2f..%2fpeople'],
  ['a NUL', '/keys/%00'],
  ['an upper-case id', `/keys/${'A'.repeat(8)}-AAAA-7AAA-8AAA-AAAAAAAAAAAA`],
])('%s is not found', async (_, path) => {
  expect((await callApi('GET', path, { token: victim.token })).status).toBe(404)
})

test.each([
  ['idempotency-key', 'x'.repeat(10_000)],
  ['x-gatehouse-organization', 'x'.repeat(10_000)],
  ['x-request-id', '<script>'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-length', '-1'],
  ['authorization', 'Bearer'],
  ['authorization', `Bearer ${'x'.repeat(10_000)}`],
])('a header %s of %.40s never fails', async (name, value) => {
  const answer = await callApi('POST', '/keys', {
    text: '{}',
    headers: { authorization: `Bearer ${victim.token}`, [name]: value },
  })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]+$/)
})
