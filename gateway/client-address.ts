import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/** A block of addresses: its base and the number of bits that count. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Reads an address or a CIDR block. Throws an Error when it is neither. */
export function readNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** Whether an address is in one of the blocks; one that cannot be read is in none. */
export function isInside(networks: readonly Network[], address: string | undefined): boolean {
  if (!address || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return networks.some(([base, bits]) => parsed.kind() === base.kind() && parsed.match(base, bits))
}

/**
 * The address a request came from. Behind proxies that are trusted it is the last in X-Forwarded-For that no such
 * proxy has, read from the right: whatever is left of it, the client may have written. Undefined when a trusted
 * proxy passes on something that is no address.
 */
export function clientAddress(request: IncomingMessage, proxies: readonly Network[]): string | undefined {
  let address = request.socket.remoteAddress
  if (proxies.length === 0) return address
  const header = request.headers['x-forwarded-for'] ?? ''
  const hops = (Array.isArray(header) ? header.join(',') : header).split(',')
  while (isInside(proxies, address)) {
    const hop = hops.pop()?.trim()
    if (!hop) break
    address = withoutPort(hop)
  }
  return address
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string | undefined {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop
  return ipaddr.isValid(bare) ? bare : undefined
}
