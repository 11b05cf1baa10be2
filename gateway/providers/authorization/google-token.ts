import type { ProviderEntry } from '#gateway/config/entries.ts'
import { askIssuer } from './ask-issuer.ts'
import { CredentialError } from './authorizer.ts'
import type { Timed } from './renewed.ts'

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

/**
 * An access token of Google Cloud, through Google's own library, which is loaded only for this. A service account's
 * key is exchanged at the address that the key file names; a lent identity comes from where Google's application
 * default credentials look. Rejects with CredentialError.
 */
export async function googleToken({ credential, document }: ProviderEntry): Promise<Timed<string>> {
  const google = await import('google-auth-library')
  try {
    if (credential?.type !== 'google_service_account') {
      const client = await new google.GoogleAuth({ scopes: SCOPE }).getClient()
      const { token } = await client.getAccessToken()
      return timed(token, client.credentials.expiry_date)
    }
    const { client_email, private_key, private_key_id, token_uri } = credential.serviceAccount
    const client = new google.JWT({
      email: client_email,
      key: private_key,
      keyId: private_key_id,
      scopes: SCOPE,
      // The library knows one address; a key file may name another, and a token is for whom it is addressed to.
      additionalClaims: { aud: token_uri },
      transporterOptions: {
        retry: false,
        fetchImplementation: (_input, init) => exchange(token_uri, init, document.allowPrivateNetwork),
      },
    })
    const { access_token, expiry_date } = await client.authorize()
    return timed(access_token, expiry_date)
  } catch (error) {
    throw googleError(error)
  }
}

async function exchange(url: string, init: RequestInit | undefined, allowsPrivate: boolean): Promise<Response> {
  const headers: Record<string, string> = {}
  new Headers(init?.headers).forEach((value, name) => {
    headers[name] = value
  })
  const given = init?.body
  const body = given === null || given === undefined ? null : String(given)
  if (given instanceof URLSearchParams) headers['content-type'] = 'application/x-www-form-urlencoded'
  const answer = await askIssuer({ url, method: 'POST', headers, body }, allowsPrivate)
  return new Response(answer.text, { status: answer.status, headers: { 'content-type': 'application/json' } })
}

function timed(token: string | null | undefined, expiry: number | null | undefined): Timed<string> {
  if (!token) throw new CredentialError('Google gave no access token', false)
  return { value: token, expiresAt: expiry ?? null }
}

/** Of the library's words only the issuer's code goes on. */
function googleError(error: unknown): CredentialError {
  const chain = [error, (error as { cause?: unknown } | null)?.cause, (error as { error?: unknown } | null)?.error]
  const known = chain.find(one => one instanceof CredentialError)
  if (known) return known
  const text = error instanceof Error ? error.message : ''
  const refused = /invalid_grant|invalid_client|unauthorized_client|invalid_scope|access_denied/.exec(text)?.[0]
  if (refused) return new CredentialError(`Google refused its service account (${refused})`, true)
  return new CredentialError('Google gave no access token', false)
}
