import ipaddr from 'ipaddr.js'

/** public: routed on the internet; loopback and private: of this machine and network; forbidden: never an endpoint. */
export type AddressReach = 'public' | 'loopback' | 'private' | 'forbidden'

const PRIVATE = new Set(['private', 'uniqueLocal', 'carrierGradeNat'])
/** Instance metadata services outside the link-local range: AWS over IPv6, Alibaba Cloud, Oracle's old one. */
const METADATA = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192'])

/**
 * Where an IP address leads, by the IANA special-purpose registries (RFC 6890). An IPv4 address mapped into
 * IPv6 counts as that IPv4 address; other forms that carry one (NAT64, 6to4, Teredo) are forbidden.
 */
export function addressReach(address: string): AddressReach {
  if (!ipaddr.isValid(address)) return 'forbidden'
  const parsed = ipaddr.process(address)
  if (METADATA.has(parsed.toString())) return 'forbidden'
  const range = parsed.range()
  if (range === 'unicast') return 'public'
  if (range === 'loopback') return 'loopback'
  return PRIVATE.has(range) ? 'private' : 'forbidden'
}

/** Whether a host is an address of this machine or network, and not a name that may lead anywhere. */
export function isLocalAddress(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(address)) return false
  const reach = addressReach(address)
  return reach === 'loopback' || reach === 'private'
}
