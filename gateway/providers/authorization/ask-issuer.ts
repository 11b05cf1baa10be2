import { isIP } from 'node:net'
import { Agent, request } from 'undici'
import { type AddressPolicy, ForbiddenAddressError, guardedLookup, isAllowedAddress } from '../address-guard.ts'
import { CredentialError } from './authorizer.ts'

const TIMEOUT_MS = 6_000
const MOST_BYTES = 262_144

export interface IssuerAnswer {
  status: number
  headers: Record<string, string>
  text: string
}

export interface IssuerRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: string | null
}

/**
 * Asks an issuer of tokens, under the rules that the provider's own address is under: https unless it is on an
 * allowed private network, never a metadata service, no redirect. Rejects with CredentialError.
 */
export async function askIssuer({ url, ...given }: IssuerRequest, allowsPrivate: boolean): Promise<IssuerAnswer> {
  const { protocol, hostname, origin } = new URL(url)
  const policy: AddressPolicy = {
    encrypted: protocol === 'https:',
    loopback: allowsPrivate,
    privateNetwork: allowsPrivate,
  }
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isAllowedAddress(host, policy)) throw forbidden(origin)
  const agent = new Agent({ connect: { lookup: guardedLookup(policy), timeout: TIMEOUT_MS } })
  try {
    const method = given.method as 'GET' | 'POST'
    const options = { ...given, method, dispatcher: agent, signal: AbortSignal.timeout(TIMEOUT_MS) }
    const answer = await request(url, options)
    const text = await readText(answer.body)
    return { status: answer.statusCode, headers: plainHeaders(answer.headers), text }
  } catch (error) {
    if (error instanceof ForbiddenAddressError) throw forbidden(origin)
    throw new CredentialError(`${origin}, which issues its tokens, could not be reached`, false)
  } finally {
    void agent.destroy()
  }
}

function forbidden(origin: string): CredentialError {
  return new CredentialError(`${origin}, which issues its tokens, is at an address that no provider may have`, true)
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MOST_BYTES) throw new RangeError('more than a token')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) plain[name] = String(value)
  return plain
}
