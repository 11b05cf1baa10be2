import type { CredentialType } from '#core/credential-types.ts'
import type { Provider } from '#prisma/generated/client.ts'
import type { ProviderDto } from './schema.ts'

/** A provider as the API shows it: without its credential. */
export function providerDto(provider: Provider, models: number): ProviderDto {
  const { lastTestAt, lastTestOk, lastTestDetail } = provider
  return {
    id: provider.id,
    name: provider.name,
    kind: provider.kind,
    baseUrl: provider.baseUrl,
    region: provider.region,
    hasCredential: provider.credential !== null,
    credentialHint: provider.credentialHint,
    credentialType: provider.credentialType as CredentialType | null,
    credentialFacts: provider.credentialFacts as Record<string, string>,
    allowPrivateNetwork: provider.allowPrivateNetwork,
    enabled: provider.enabled,
    models,
    lastTest:
      lastTestAt && lastTestOk !== null
        ? { at: lastTestAt.toISOString(), ok: lastTestOk, detail: lastTestDetail ?? '' }
        : null,
    createdAt: provider.createdAt.toISOString(),
    updatedAt: provider.updatedAt.toISOString(),
  }
}
