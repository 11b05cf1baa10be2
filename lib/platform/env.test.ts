import { expect, test } from 'vitest'
import { readEnvironment } from './env.ts'

const GIVEN = { DATABASE_URL: 'postgresql://localhost/gatehouse', NODE_ENV: 'production' }

test.each(['change-me-change-me-change-me-change-me', '0'.repeat(48)])(
  'production refuses the secret key %s',
  secret => {
    const attempt = () => readEnvironment({ ...GIVEN, GATEHOUSE_SECRET_KEY: secret })
    expect(attempt).toThrow(/GATEHOUSE_SECRET_KEY: a well-known value/)
    expect(attempt).not.toThrow(secret)
  },
)

test('production takes a generated one that begins like a bad one, and needs one', () => {
  const secret = '0K3vWq8mZ1xPbT5nYc7rJd2sLf9gHa4e'
  expect(readEnvironment({ ...GIVEN, GATEHOUSE_SECRET_KEY: secret }).GATEHOUSE_SECRET_KEY).toBe(secret)
  expect(() => readEnvironment(GIVEN)).toThrow(/GATEHOUSE_SECRET_KEY/)
})
