import { expect, test } from 'vitest'
import { readGatewayEnvironment } from './environment.ts'

const NEEDED = {
  DATABASE_URL: 'postgresql://localhost/gatehouse',
  GATEHOUSE_SECRET_KEY: 'aG9sZCB0aGUgZG9vciBmb3IgbWUsIHBsZWFzZQ',
}

test('listens on loopback, or where the product does, or where it is told itself', () => {
  expect(readGatewayEnvironment(NEEDED)).toMatchObject({ GATEWAY_HOST: '127.0.0.1', GATEWAY_PORT: 4000 })
  const product = { ...NEEDED, GATEHOUSE_HOST: '0.0.0.0' }
  expect(readGatewayEnvironment(product)).toMatchObject({ GATEWAY_HOST: '0.0.0.0', GATEWAY_ADMIN_HOST: '127.0.0.1' })
  expect(readGatewayEnvironment({ ...product, GATEWAY_HOST: '::1' }).GATEWAY_HOST).toBe('::1')
})

test('has a name that depends on its port, and is safe as a folder', () => {
  expect(readGatewayEnvironment({ ...NEEDED, GATEWAY_PORT: '4100' }).GATEWAY_NAME).toMatch(/^[\w.-]+-4100$/)
  expect(() => readGatewayEnvironment({ ...NEEDED, GATEWAY_NAME: '../elsewhere' })).toThrow(/GATEWAY_NAME/)
})

test('names what is wrong and never its value', () => {
  const attempt = () => readGatewayEnvironment({ ...NEEDED, GATEHOUSE_SECRET_KEY: 'short-secret' })
  expect(attempt).toThrow(/GATEHOUSE_SECRET_KEY: at least 32/)
  expect(attempt).not.toThrow(/short-secret/)
})

test('reads trusted proxies, and refuses what is no address', () => {
  expect(readGatewayEnvironment(NEEDED).GATEWAY_TRUSTED_PROXIES).toEqual([])
  const proxies = readGatewayEnvironment({ ...NEEDED, GATEWAY_TRUSTED_PROXIES: '10.0.0.0/8, ::1' })
  expect(proxies.GATEWAY_TRUSTED_PROXIES.map(([base, bits]) => `${base}/${bits}`)).toEqual(['10.0.0.0/8', '::1/128'])
  const wrong = { ...NEEDED, GATEWAY_TRUSTED_PROXIES: 'proxy.local' }
  expect(() => readGatewayEnvironment(wrong)).toThrow(/GATEWAY_TRUSTED_PROXIES: IP addresses/)
})

test('takes Redis with and without TLS, and never repeats a URL that is wrong', () => {
  expect(readGatewayEnvironment(NEEDED).GATEWAY_REDIS_URL).toBeUndefined()
  for (const url of ['redis://cache.internal:6379/2', 'rediss://user:secret@cache.internal:6380']) {
    expect(readGatewayEnvironment({ ...NEEDED, GATEWAY_REDIS_URL: url }).GATEWAY_REDIS_URL).toBe(url)
  }
  const attempt = () => readGatewayEnvironment({ ...NEEDED, GATEWAY_REDIS_URL: 'http://user:secret@cache.internal' })
  expect(attempt).toThrow(/GATEWAY_REDIS_URL: a redis:\/\/ or rediss:\/\/ URL/)
  expect(attempt).not.toThrow(/secret@/)
})

test('in production a secret that everybody knows is refused, and never repeated', () => {
  const secret = 'change-me-change-me-change-me-change-me'
  for (const NODE_ENV of ['production', undefined]) {
    const attempt = () => readGatewayEnvironment({ ...NEEDED, NODE_ENV, GATEHOUSE_SECRET_KEY: secret })
    expect(attempt).toThrow(/GATEHOUSE_SECRET_KEY: a well-known value/)
    expect(attempt).not.toThrow(secret)
  }
  const developing = { ...NEEDED, NODE_ENV: 'development', GATEHOUSE_SECRET_KEY: secret }
  expect(readGatewayEnvironment(developing).GATEHOUSE_SECRET_KEY).toBe(secret)
})
