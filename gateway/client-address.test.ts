import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress, readNetwork } from './client-address.ts'

const PROXIES = ['10.0.0.0/8', '2001:db8:ffff::/48'].map(readNetwork)

function from(remoteAddress: string, forwarded?: string, proxies = PROXIES): string | undefined {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return clientAddress({ socket: { remoteAddress }, headers } as unknown as IncomingMessage, proxies)
}

test.each([
  ['no proxy is trusted: the header is anybody’s word', '10.0.0.1', '192.0.2.7', [], '10.0.0.1'],
  ['the caller is no proxy: the same', '198.51.100.1', '192.0.2.7', PROXIES, '198.51.100.1'],
  ['a proxy names the client', '10.0.0.1', '192.0.2.7', PROXIES, '192.0.2.7'],
  ['what the client wrote stands left of it', '10.0.0.1', '10.9.9.9, 203.0.113.5, 192.0.2.7', PROXIES, '192.0.2.7'],
  ['a chain of proxies', '::ffff:10.0.0.1', '1.1.1.1,192.0.2.7, 10.0.0.2', PROXIES, '192.0.2.7'],
  ['all are proxies: the farthest', '10.0.0.1', '10.0.0.3, 10.0.0.2', PROXIES, '10.0.0.3'],
  ['no header', '10.0.0.1', undefined, PROXIES, '10.0.0.1'],
  ['ports', '10.0.0.1', '192.0.2.7:4711', PROXIES, '192.0.2.7'],
  ['IPv6', '2001:db8:ffff::1', '[2001:db8::7]:4711', PROXIES, '2001:db8::7'],
  ['no address at all', '10.0.0.1', 'unknown', PROXIES, undefined],
] as const)('%s', (_, remote, forwarded, proxies, expected) => {
  expect(from(remote, forwarded, [...proxies])).toBe(expected)
})
