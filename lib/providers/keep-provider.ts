import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion, nextVersion } from '#lib/records/keep-version.ts'
import type { Provider } from '#prisma/generated/client.ts'
import { auditedProvider } from './publish-provider.ts'

/**
 * Keeps a change of a provider: its version with the difference in words, and the audit entry. Versions stay when the
 * provider itself is removed. Never a credential: what it is recognised by.
 */
export async function keepProvider(
  tx: Transaction,
  ctx: Context,
  change: { before: Provider | null; after: Provider | null; action: string },
): Promise<void> {
  const { before, after, action } = change
  const provider = after ?? before
  if (!provider) return
  const record = { kind: 'provider', id: provider.id }
  await keepVersion(tx, ctx, {
    ...{ ...record, name: provider.name, version: before ? await nextVersion(tx, ctx, record) : 1, action, reason: '' },
    document: after ? auditedProvider(after) : { ...auditedProvider(provider), removed: true },
    before: before && inWords(before),
    after: after ? inWords(after) : { ...inWords(provider), state: 'removed' },
  })
}

function inWords(provider: Provider): InWords {
  const facts = provider.credentialFacts as Record<string, unknown> | null
  return {
    name: provider.name,
    kind: provider.kind,
    address: provider.baseUrl,
    region: provider.region,
    credential: [provider.credentialType, provider.credentialHint].filter(Boolean).join(' ') || null,
    ...Object.fromEntries(Object.entries(facts ?? {}).map(([fact, value]) => [`credential: ${fact}`, String(value)])),
    'private network': provider.allowPrivateNetwork ? 'allowed' : 'not allowed',
    state: provider.enabled ? 'in use' : 'switched off',
  }
}
