import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Provider } from '#prisma/generated/client.ts'

/** Publishes a provider as the gateways know it; the credential travels sealed. */
export async function publishProvider(tx: Transaction, ctx: Context, provider: Provider): Promise<void> {
  await announce(tx, ctx, 'config', provider.id)
  return publishConfig(tx, ctx, 'provider', provider.id, {
    name: provider.name,
    kind: provider.kind,
    baseUrl: provider.baseUrl,
    region: provider.region,
    credential: provider.credential,
    allowPrivateNetwork: provider.allowPrivateNetwork,
    enabled: provider.enabled,
  })
}

/** The fields of a provider that its versions keep. */
export function auditedProvider(provider: Provider): object {
  const { name, kind, baseUrl, region, allowPrivateNetwork, enabled } = provider
  // Of a credential, what it is recognised by.
  const { credentialType, credentialHint, credentialFacts } = provider
  return { name, kind, baseUrl, region, credentialType, credentialHint, credentialFacts, allowPrivateNetwork, enabled }
}
