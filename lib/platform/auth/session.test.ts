import { encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { env } from '../env.ts'
import { readSession, sessionCookie, sessionSecret, toClaims, writeSession } from './session.ts'
import { isSetUpCode, setUpCode } from './set-up-code.ts'
import { safePath } from './sign-in-action.ts'

const session = { personId: newId(), organizationId: newId(), sessionVersion: 3 }

test('a session comes back as it was written', async () => {
  expect(await readSession(await writeSession(session))).toEqual(session)
})

test.each([
  ['nothing', async () => undefined],
  ['another text', async () => 'eyJhbGciOiJub25lIn0..x.y.z'],
  ['a changed token', async () => (await writeSession(session)).replace(/.(?=.{20}$)/, other)],
  ['another secret’s token', async () => encode({ token: toClaims(session), secret: 'x'.repeat(43) })],
  ['a token that has run out', async () => encode({ token: toClaims(session), secret: sessionSecret(), maxAge: -60 })],
  ['a token without a person', async () => encode({ token: { version: 1 }, secret: sessionSecret() })],
])('%s is no session', async (_, make) => {
  expect(await readSession(await make())).toBeNull()
})

test('the cookie is for this host alone and secure where the portal is published over https', () => {
  expect(sessionCookie()).toMatchObject({ name: 'gatehouse.session', options: { httpOnly: true, secure: false } })
  Object.assign(env(), { GATEHOUSE_PUBLIC_URL: 'https://gatehouse.example.com' })
  expect(sessionCookie()).toMatchObject({ name: '__Host-gatehouse.session', options: { secure: true, path: '/' } })
})

test('the set-up code may be typed in any way but wrongly', () => {
  const code = setUpCode()
  expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  expect(isSetUpCode(code.toLowerCase().replaceAll('-', ''))).toBe(true)
  expect(isSetUpCode(code.replace(/.$/, other))).toBe(false)
  expect(isSetUpCode('')).toBe(false)
})

test.each([
  ['/build/keys?team=1', '/build/keys?team=1'],
  ['//evil.example', '/home'],
  ['/\\evil.example', '/home'],
  ['https://evil.example', '/home'],
  ['javascript:alert(1)', '/home'],
  [undefined, '/home'],
])('after sign-in %s leads to %s', (next, path) => {
  expect(safePath(next)).toBe(path)
})

function other(letter: string): string {
  return letter === 'A' ? 'B' : 'A'
}
