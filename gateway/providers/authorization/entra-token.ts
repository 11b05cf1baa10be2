import type { ProviderEntry } from '#gateway/config/entries.ts'
import { askIssuer } from './ask-issuer.ts'
import { CredentialError } from './authorizer.ts'
import type { Timed } from './renewed.ts'

type AzureIdentity = typeof import('@azure/identity')
type ClientOptions = NonNullable<ConstructorParameters<AzureIdentity['ClientSecretCredential']>[3]>
type Transport = NonNullable<ClientOptions['httpClient']>

/** National clouds have resources, and with them scopes, of their own. */
const SCOPES: readonly [suffix: string, scope: string][] = [
  ['.azure.us', 'https://cognitiveservices.azure.us/.default'],
  ['.azure.cn', 'https://cognitiveservices.azure.cn/.default'],
]
const SCOPE = 'https://cognitiveservices.azure.com/.default'

/**
 * A token of Microsoft Entra ID for Azure OpenAI, through Microsoft's own library, which is loaded only for this.
 * A lent identity is that of the environment, of the workload or of the machine, in this order; no other program of
 * the machine is asked. Rejects with CredentialError.
 */
export async function entraToken(provider: ProviderEntry): Promise<Timed<string>> {
  const host = provider.base.hostname
  const scope = SCOPES.find(([suffix]) => host.endsWith(suffix))?.[1] ?? SCOPE
  let unreached: CredentialError | null = null
  const source = await tokenSource(provider, error => {
    unreached = error
  })
  try {
    const token = await source.getToken(scope)
    if (!token) throw new CredentialError('Microsoft Entra ID gave no token', false)
    return { value: token.token, expiresAt: token.expiresOnTimestamp }
  } catch (error) {
    throw unreached ?? entraError(error)
  }
}

async function tokenSource({ credential, document }: ProviderEntry, onFailure: (error: CredentialError) => void) {
  const identity = await import('@azure/identity')
  if (credential?.type === 'entra_client') {
    const { tenantId, clientId, clientSecret, authorityHost } = credential
    // Its authority is taken at its word: asking Microsoft about it would not work in national clouds, nor offline.
    return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, {
      ...(authorityHost && { authorityHost }),
      disableInstanceDiscovery: true,
      httpClient: transport(document.allowPrivateNetwork, onFailure),
      retryOptions: { maxRetries: 0 },
    })
  }
  const clientId = credential?.type === 'entra_default' ? credential.clientId : undefined
  const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE } = process.env
  return new identity.ChainedTokenCredential(
    new identity.EnvironmentCredential(),
    ...(AZURE_TENANT_ID && (clientId ?? AZURE_CLIENT_ID) && AZURE_FEDERATED_TOKEN_FILE
      ? [new identity.WorkloadIdentityCredential({ ...(clientId && { clientId }) })]
      : []),
    fresh(clientId ? new identity.ManagedIdentityCredential({ clientId }) : new identity.ManagedIdentityCredential()),
  )
}

type MachineIdentity = InstanceType<AzureIdentity['ManagedIdentityCredential']>
type Acquire = (request: object) => Promise<unknown>

/** The library keeps tokens for the process, and cannot be told that one was refused: tokens are kept here, not there. */
function fresh(credential: MachineIdentity): MachineIdentity {
  const { managedIdentityApp: app } = credential as unknown as { managedIdentityApp?: { acquireToken: Acquire } }
  if (app) {
    const acquire = app.acquireToken.bind(app)
    app.acquireToken = request => acquire({ ...request, forceRefresh: true })
  }
  return credential
}

/** The library's requests through the guard. Of what fails there the library keeps no more than words. */
function transport(allowsPrivate: boolean, onFailure: (error: CredentialError) => void): Transport {
  return {
    async sendRequest(request) {
      const body = typeof request.body === 'string' ? request.body : null
      const { url, method } = request
      const asked = askIssuer({ url, method, headers: request.headers.toJSON(), body }, allowsPrivate)
      asked.catch(onFailure)
      const answer = await asked
      return { request, status: answer.status, headers: headersOf(answer.headers), bodyAsText: answer.text }
    },
  }
}

/** Headers as the library reads them; their names are in lower case already. */
function headersOf(given: Record<string, string>): Awaited<ReturnType<Transport['sendRequest']>>['headers'] {
  const headers = new Map(Object.entries(given))
  return {
    get: name => headers.get(name.toLowerCase()),
    has: name => headers.has(name.toLowerCase()),
    set: (name, value) => void headers.set(name.toLowerCase(), String(value)),
    delete: name => void headers.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers[Symbol.iterator](),
  }
}

/** The library's words may quote what it was given: of them only the issuer's code goes on. */
function entraError(error: unknown): CredentialError {
  const chain = [error, (error as { cause?: unknown } | null)?.cause]
  const known = chain.find(one => one instanceof CredentialError)
  if (known) return known
  const text = chain.map(one => (one instanceof Error ? one.message : '')).join(' ')
  const code = /AADSTS\d{4,8}/.exec(text)?.[0]
  if (code) return new CredentialError(`Microsoft Entra ID refused its credential (${code})`, true)
  const refused = /invalid_client|unauthorized_client|invalid_request|invalid_grant/.exec(text)?.[0]
  if (refused) return new CredentialError(`Microsoft Entra ID refused its credential (${refused})`, true)
  return new CredentialError('Microsoft Entra ID gave no token', false)
}
