import type { CredentialType } from '#core/credential-types.ts'
import { credentialProblem } from '#core/provider-address.ts'
import {
  credentialFacts,
  credentialHint,
  type ProviderCredential,
  readCredential,
  writeCredential,
} from '#core/provider-credential.ts'
import type { ProviderKind } from '#core/provider-kinds.ts'
import { open, seal } from '#core/secrets.ts'
import { env } from '#lib/platform/env.ts'
import { invalid } from '#lib/platform/errors.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'

/** A credential as it is stored. */
export interface StoredCredential {
  /** Sealed for its provider alone. */
  credential: string | null
  /** To recognise it by. */
  credentialHint: string | null
  credentialType: CredentialType | null
  credentialFacts: Record<string, string>
}

export const NO_CREDENTIAL: StoredCredential = {
  credential: null,
  credentialHint: null,
  credentialType: null,
  credentialFacts: {},
}

/** Seals a credential for a provider, and keeps beside it what may be shown. */
export function sealCredential(providerId: string, credential: ProviderCredential | null): StoredCredential {
  if (credential === null) return NO_CREDENTIAL
  return {
    credential: seal(secretKey('credential'), `provider:${providerId}`, writeCredential(credential)),
    credentialHint: credentialHint(credential),
    credentialType: credential.type,
    credentialFacts: credentialFacts(credential),
  }
}

/** Throws `invalid_input`, naming the field, when a provider cannot be called with a credential. */
export function checkCredential(
  provider: { kind: ProviderKind; baseUrl: string; region: string | null },
  credential: ProviderCredential | null,
): void {
  const problem = credential && credentialProblem(provider, credential, env().GATEHOUSE_LENT_IDENTITIES)
  if (problem) throw invalid(`credential.${problem.field}`, problem.message)
}

/** The credential that a provider keeps; never to be shown or logged. */
export function openCredential(provider: { id: string; credential: string | null }): ProviderCredential | null {
  if (provider.credential === null) return null
  return readCredential(open(secretKey('credential'), `provider:${provider.id}`, provider.credential))
}
