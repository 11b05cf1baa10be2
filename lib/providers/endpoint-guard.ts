import { isIP } from 'node:net'
import { addressReach } from '#core/network-address.ts'
import type { ProviderKind } from '#core/provider-kinds.ts'
import { invalid } from '#lib/platform/errors.ts'

/** A provider's address and what a person allowed it. */
export interface Endpoint {
  kind: ProviderKind
  baseUrl: string
  allowPrivateNetwork: boolean
}

/**
 * Keeps a provider's address from becoming a way into this network (server-side request forgery, OWASP
 * API7:2023). The form is checked here, when the address is saved; gateways check every address that its name
 * resolves to at the moment of connecting, since a name may change what it points to.
 * Throws `invalid_input` naming the rule.
 */
export function checkEndpoint(endpoint: Endpoint): void {
  const { baseUrl, kind, allowPrivateNetwork } = endpoint
  if (!URL.canParse(baseUrl)) throw invalid('baseUrl', 'An absolute URL such as https://api.example.com/v1.')
  const url = new URL(baseUrl)
  if (url.username || url.password) throw invalid('baseUrl', 'Leave user and password out; the credential has a field.')
  const query = [...url.searchParams.keys()].filter(name => !(kind === 'azure_openai' && name === 'api-version'))
  if (query.length > 0 || url.hash) throw invalid('baseUrl', 'Leave the query and the fragment out.')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowPrivateNetwork || kind === 'sandbox'))) {
    throw invalid('baseUrl', 'Use https. Plain http is for a private network only, which has to be allowed here.')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const literal = isIP(host) ? host : /(^|\.)localhost\.?$/.test(host) ? '127.0.0.1' : null
  const refusal = literal ? addressRefusal(literal, endpoint) : null
  if (refusal) throw invalid('baseUrl', refusal)
}

/** Why an address may not be connected to; null when it may. */
function addressRefusal(address: string, { kind, baseUrl, allowPrivateNetwork }: Endpoint): string | null {
  const reach = addressReach(address)
  if (reach === 'forbidden') return 'This address is link-local, a metadata service or reserved; no provider is there.'
  if (reach === 'loopback' && (kind === 'sandbox' || allowPrivateNetwork)) return null
  if (reach !== 'public' && !allowPrivateNetwork) {
    return 'This address is in a private network. Allow that for this provider if it is meant.'
  }
  if (reach === 'public' && new URL(baseUrl).protocol === 'http:') {
    return 'This address is on the internet: plain http would show the credential to everyone between.'
  }
  return null
}
