import type { Lender } from '#core/credential-types.ts'
import { credentialProblem, regionOfAddress } from '#core/provider-address.ts'
import type { ProviderEntry } from '#gateway/config/entries.ts'
import { type Authorizer, CredentialError } from './authorizer.ts'
import { type AwsKeys, awsKeys } from './aws-keys.ts'
import { AwsSigner } from './aws-signature.ts'
import { entraToken } from './entra-token.ts'
import { googleToken } from './google-token.ts'
import { Renewed, type Timed } from './renewed.ts'

/**
 * What proves to a provider who calls; null: a header that stays the same does. A credential that does not fit the
 * provider, or would lend an identity that this installation does not lend, lets no call through.
 */
export function authorizerOf(provider: ProviderEntry, lenders: readonly Lender[]): Authorizer | null {
  const { credential, document, base } = provider
  if (credential === null) return null
  const problem = credentialProblem(document, credential, lenders)
  if (problem) return unusable(`its credential does not fit (${problem.field}: ${problem.message})`)
  switch (credential.type) {
    case 'api_key':
      return null
    case 'entra_client':
    case 'entra_default':
      return new BearerToken(provider, () => entraToken(provider))
    case 'google_service_account':
    case 'google_default':
      return new BearerToken(provider, () => googleToken(provider))
    case 'aws_keys':
    case 'aws_default':
      return new AwsSignature(provider, regionOfAddress(document.kind, base.href) ?? document.region ?? '')
  }
}

function unusable(reason: string): Authorizer {
  const refuse = () => Promise.reject(new CredentialError(reason, true))
  return { authorize: refuse, isStale: () => false, renew: refuse, prepare: () => Promise.resolve(), close: () => {} }
}

/** A token that is shown as it is until it is renewed. */
class BearerToken implements Authorizer {
  readonly #token: Renewed<string>
  #shown: { token: string; headers: readonly string[] } | null = null

  constructor({ secrets }: ProviderEntry, fetch: () => Promise<Timed<string>>) {
    const hidden = new HiddenSecrets(secrets)
    this.#token = new Renewed(fetch, token => hidden.keep(token))
  }

  authorize(): readonly string[] | Promise<readonly string[]> {
    const token = this.#token.get()
    return typeof token === 'string' ? this.#headers(token) : token.then(fetched => this.#headers(fetched))
  }

  isStale(status: number): boolean {
    return status === 401
  }

  async renew(): Promise<void> {
    await this.#token.renew()
  }

  async prepare(): Promise<void> {
    await Promise.resolve(this.#token.get()).catch(() => {})
  }

  close(): void {
    this.#token.close()
  }

  #headers(token: string): readonly string[] {
    if (this.#shown?.token !== token) this.#shown = { token, headers: ['authorization', `Bearer ${token}`] }
    return this.#shown.headers
  }
}

/** A signature over each request. */
class AwsSignature implements Authorizer {
  readonly #keys: Renewed<AwsKeys>
  readonly #region: string
  readonly #lent: boolean
  #signer: { keys: AwsKeys; signer: AwsSigner } | null = null

  constructor(provider: ProviderEntry, region: string) {
    this.#region = region
    this.#lent = provider.credential?.type === 'aws_default'
    const hidden = new HiddenSecrets(provider.secrets)
    this.#keys = new Renewed(
      () => awsKeys(provider),
      keys => hidden.keep(keys.secretAccessKey, keys.sessionToken),
    )
  }

  async authorize(request: Parameters<Authorizer['authorize']>[0]): Promise<readonly string[]> {
    const keys = await this.#keys.get()
    if (this.#signer?.keys !== keys) this.#signer = { keys, signer: new AwsSigner(keys, this.#region) }
    return this.#signer.signer.sign(request)
  }

  isStale(status: number, reason: string): boolean {
    return this.#lent && (status === 401 || status === 403) && /ExpiredToken|UnrecognizedClient/.test(reason)
  }

  async renew(): Promise<void> {
    await this.#keys.renew()
  }

  async prepare(): Promise<void> {
    await Promise.resolve(this.#keys.get()).catch(() => {})
  }

  close(): void {
    this.#keys.close()
  }
}

/** Keeps the secrets that are in use out of what is quoted, and those just replaced: answers to them may still come. */
class HiddenSecrets {
  readonly #hidden: Set<string>
  #replaced: string[] = []
  #inUse: string[] = []

  constructor(hidden: Set<string>) {
    this.#hidden = hidden
  }

  keep(...secrets: (string | undefined)[]): void {
    // What is hidden already is the credential's own, and stays so.
    const added = secrets.filter((one): one is string => one !== undefined && !this.#hidden.has(one))
    if (added.length === 0) return
    for (const old of this.#replaced) this.#hidden.delete(old)
    for (const one of added) this.#hidden.add(one)
    this.#replaced = this.#inUse
    this.#inUse = added
  }
}
