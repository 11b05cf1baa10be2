import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logFields, withoutCredentials } from './log-fields.ts'

describe('logFields', () => {
  test('keeps what is allowed and names what is not, without its value', () => {
    const headers = { authorization: 'Bearer sk-live-123456789', cookie: 'a=b' }
    const line = logFields({ requestId: 'r1', headers, body: 'hello', status: 200, apiKey: 'k' })
    expect(line).toEqual({ requestId: 'r1', status: 200, dropped: ['headers', 'body', 'apiKey'] })
  })

  test('an error carries its code and words and nothing that hangs on it', () => {
    const error = { code: 'ECONNRESET', message: 'reset', request: { headers: { authorization: 'x' } } }
    expect(logFields({ error })).toEqual({ error: { code: 'ECONNRESET', message: 'reset' } })
  })

  test('results of jobs are figures', () => {
    expect(logFields({ result: { dropped: 3, done: true, sample: 'text of a prompt' } })).toEqual({
      result: { dropped: 3, done: true },
    })
  })

  test('nothing of a field that is not allowed is ever written', () => {
    const secret = 'zq-planted-zq'
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (name, value) => {
        fc.pre(!name.includes(secret))
        const line = JSON.stringify(
          logFields({ [`x${name}`]: { value, secret }, error: { cause: secret, [name]: secret } }),
        )
        return !line.includes(secret) || name === 'code' || name === 'message'
      }),
    )
  })
})

test.each([
  ['gh_live_abcdefgh_0123456789abcdef', 'gh_[redacted]'],
  ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer [redacted]'],
  ['postgresql://someone:hunter2@db:5432/x', 'postgresql://[redacted]@db:5432/x'],
  ['rediss://:hunter2@cache:6379', 'rediss://[redacted]@cache:6379'],
  ['GET /sign-in/link?token=abc123&next=/', 'GET /sign-in/link?token=[redacted]&next=/'],
  ['nothing to hide', 'nothing to hide'],
])('%s is logged as %s', (text, logged) => {
  expect(withoutCredentials(text)).toBe(logged)
})
