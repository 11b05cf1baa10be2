import dns from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import { addressReach } from '#core/network-address.ts'

const TIMEOUT_MS = 10_000
const LONGEST_ANSWER = 64 * 1024

/** An address that this installation must not connect to. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
}

/**
 * Why an address may not be connected to; null when it may. Link-local, metadata and reserved addresses never may;
 * those of this machine and network only where a person allowed it (server-side request forgery, OWASP API7:2023).
 */
export function addressRefusal(address: string, allowPrivateNetwork: boolean): string | null {
  const reach = addressReach(address)
  if (reach === 'public') return null
  if (reach === 'forbidden') return 'This address is link-local, a metadata service or reserved.'
  return allowPrivateNetwork ? null : 'This address is in a private network. Allow that here if it is meant.'
}

/** The same of a name or address as a person writes it, as far as it can be told before it is looked up. */
export function hostRefusal(host: string, allowPrivateNetwork: boolean): string | null {
  const bare = host.replace(/^\[|\]$/g, '')
  const literal = isIP(bare) ? bare : /(^|\.)localhost\.?$/.test(bare) ? '127.0.0.1' : null
  return literal ? addressRefusal(literal, allowPrivateNetwork) : null
}

/** Looks a name up and returns an address of it that may be connected to. Throws `ForbiddenAddressError` otherwise. */
export async function guardedAddress(host: string, allowPrivateNetwork: boolean): Promise<string> {
  const found = await dns.promises.lookup(host.replace(/^\[|\]$/g, ''), { all: true })
  const [first] = found
  const refusal = found.map(one => addressRefusal(one.address, allowPrivateNetwork)).find(one => one !== null)
  if (!first || refusal) throw new ForbiddenAddressError(`${host}: ${refusal ?? 'the name has no address.'}`)
  return first.address
}

export interface GuardedRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers: Record<string, string>
  readonly body?: string
  readonly allowPrivateNetwork: boolean
}

export interface GuardedAnswer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  /** At most 64 KiB of it. */
  readonly text: string
}

/**
 * Sends a request to an address that a person configured. Checks the very address that is connected to, so that a
 * name which changes its mind between check and use gains nothing; follows no redirect; waits ten seconds.
 * Throws `ForbiddenAddressError`, or what the network says.
 */
export async function guardedRequest(asked: GuardedRequest): Promise<GuardedAnswer> {
  const refusal = hostRefusal(new URL(asked.url).hostname, asked.allowPrivateNetwork)
  if (refusal) throw new ForbiddenAddressError(refusal)
  const agent = guardedAgent(asked.allowPrivateNetwork)
  try {
    const answer = await request(asked.url, {
      method: asked.method ?? 'POST',
      headers: asked.headers,
      ...(asked.body === undefined ? {} : { body: asked.body }),
      dispatcher: agent,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(2 * TIMEOUT_MS),
    })
    let text = ''
    for await (const chunk of answer.body) {
      text += String(chunk)
      if (text.length > LONGEST_ANSWER) break
    }
    return { status: answer.statusCode, headers: answer.headers, text: text.slice(0, LONGEST_ANSWER) }
  } finally {
    void agent.destroy()
  }
}

/** Connections to where a person said, each checked at the address it is made to. The caller closes it. */
export function guardedAgent(allowPrivateNetwork: boolean): Agent {
  return new Agent({ connect: { lookup: guardedLookup(allowPrivateNetwork), timeout: TIMEOUT_MS } })
}

function guardedLookup(allowPrivateNetwork: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const [first] = addresses
      const refusal = addresses.map(one => addressRefusal(one.address, allowPrivateNetwork)).find(one => one !== null)
      if (!first || refusal)
        return callback(new ForbiddenAddressError(`${hostname}: ${refusal ?? 'no address'}`), '', 0)
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
