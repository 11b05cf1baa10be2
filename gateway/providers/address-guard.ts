import dns from 'node:dns'
import type { LookupFunction } from 'node:net'
import { addressReach } from '#core/network-address.ts'

/** Which addresses a provider's name may lead to. */
export interface AddressPolicy {
  /** Public addresses too need it: over plain http the credential would be everybody's on the way. */
  encrypted: boolean
  loopback: boolean
  privateNetwork: boolean
}

/** A provider's address that the gateway must not connect to. */
export class ForbiddenAddressError extends Error {
  readonly code = 'FORBIDDEN_ADDRESS'
}

/** Whether the policy allows an address. Link-local, metadata and reserved addresses are never allowed. */
export function isAllowedAddress(address: string, policy: AddressPolicy): boolean {
  const reach = addressReach(address)
  if (reach === 'loopback') return policy.loopback
  if (reach === 'public') return policy.encrypted
  return reach === 'private' && policy.privateNetwork
}

/**
 * A look-up that fails when the name leads to a forbidden address. It runs for each connection, on the very answer
 * that is connected to, so that a name which changes its mind between check and use gains nothing.
 */
export function guardedLookup(policy: AddressPolicy): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const [first] = addresses
      if (!first || addresses.some(one => !isAllowedAddress(one.address, policy))) {
        return callback(new ForbiddenAddressError(`${hostname} leads to an address that no provider may have`), '', 0)
      }
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
