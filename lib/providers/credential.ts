import { open, seal } from '#core/secrets.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'

/** A credential as it is stored: sealed for this provider alone, and a hint to recognise it by. */
export function sealCredential(
  providerId: string,
  credential: string | null,
): { credential: string | null; credentialHint: string | null } {
  if (credential === null) return { credential: null, credentialHint: null }
  return {
    credential: seal(secretKey('credential'), `provider:${providerId}`, credential),
    credentialHint: credential.slice(-4),
  }
}

/** The credential in clear, to call the provider with; never to be shown or logged. */
export function openCredential(provider: { id: string; credential: string | null }): string | null {
  return provider.credential === null
    ? null
    : open(secretKey('credential'), `provider:${provider.id}`, provider.credential)
}
