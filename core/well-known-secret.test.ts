import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { isWellKnownSecret } from './well-known-secret.ts'

test.each([
  'change-me-change-me-change-me-change-me',
  'changeme123456789012345678901234567890',
  'SECRET_KEY_FOR_DEVELOPMENT_AND_NOTHING_ELSE',
  'your-secret-key-goes-here-and-is-long-enough',
  '12345678901234567890123456789012',
  '0'.repeat(64),
  'testtesttesttesttesttesttesttest',
])('%s is known to everybody', secret => {
  expect(isWellKnownSecret(secret)).toBe(true)
})

test('what was generated is not, whatever it begins with', () => {
  for (let seed = 0; seed < 5_000; seed++) {
    const bytes = createHash('sha512').update(String(seed)).digest()
    for (const secret of [bytes.toString('base64'), bytes.toString('hex'), bytes.toString('hex').slice(0, 32)]) {
      expect(isWellKnownSecret(secret), secret).toBe(false)
    }
  }
  expect(isWellKnownSecret(`0${createHash('sha384').update('a').digest('base64')}`)).toBe(false)
})
