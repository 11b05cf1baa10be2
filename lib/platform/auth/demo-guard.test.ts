import { expect, test } from 'vitest'
import { assertDemoServedLocally, isLocalRequest, isLoopback, servesDemo } from './demo-guard.ts'

const local = { GATEHOUSE_HOST: '127.0.0.1', GATEHOUSE_DEMO_PUBLIC: false }

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['[::1]', true],
  ['::ffff:127.0.0.1', true],
  ['LOCALHOST', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

test.each([
  ['bound to this machine', {}, true],
  ['bound to every address', { GATEHOUSE_HOST: '0.0.0.0' }, false],
  ['published behind a proxy', { GATEHOUSE_PUBLIC_URL: 'https://gatehouse.example.com' }, false],
  ['published on this machine', { GATEHOUSE_PUBLIC_URL: 'http://localhost:3000' }, true],
  ['shown to everybody on purpose', { GATEHOUSE_HOST: '0.0.0.0', GATEHOUSE_DEMO_PUBLIC: true }, true],
])('a demonstration %s', (_, change, served) => {
  const environment = { ...local, ...change }
  expect(servesDemo(environment)).toBe(served)
  const check = () => assertDemoServedLocally({ demo: true }, environment)
  if (served) expect(check).not.toThrow()
  else expect(check).toThrow(/GATEHOUSE_DEMO_PUBLIC/)
  expect(() => assertDemoServedLocally({ demo: false }, environment)).not.toThrow()
})

test.each([
  ['from this machine', { host: 'localhost:3000', 'x-forwarded-for': '::1' }, true],
  ['by its address', { host: '[::1]:3000' }, true],
  ['under a name that was rebound to it', { host: 'evil.example:3000' }, false],
  ['through a proxy', { host: 'localhost', 'x-forwarded-for': '203.0.113.9' }, false],
])('a request %s is local: %s', (_, headers, expected) => {
  expect(isLocalRequest(new Headers(headers), local)).toBe(expected)
})

test('no header makes a request local where the portal is open to the network', () => {
  const headers = new Headers({ host: 'localhost:3000', 'x-forwarded-for': '127.0.0.1' })
  expect(isLocalRequest(headers, { ...local, GATEHOUSE_HOST: '0.0.0.0' })).toBe(false)
})
