import { hashSecret, makeKey } from '../core/api-key.ts'
import type { ConfigDocumentInput, ConfigKind } from '../core/contracts/config-documents.ts'
import { newId } from '../core/ids.ts'
import { deriveKey, seal } from '../core/secrets.ts'

type Row = { organization_id: string; kind: ConfigKind; id: string; version: string; doc: unknown; deleted: boolean }

/** A configuration as the portal publishes it, and the key it admits. */
export type PlainConfig = { readonly rows: readonly Row[]; readonly key: string }

const LONG_AGO = '2026-01-01T00:00:00.000Z'
const FAR_AHEAD = '2099-01-01T00:00:00.000Z'

/**
 * One organization with a team, the sandbox provider, a priced model and a key, and no rule besides.
 *
 * @param secret the installation's secret, from which hashes and seals are derived
 */
export function plainConfig(upstream: string, secret: string): PlainConfig {
  const [organization, team, provider, model, keyId] = [newId(), newId(), newId(), newId(), newId()]
  const { key, publicId, secret: keySecret } = makeKey('live')
  const rows: Row[] = []
  const add = <K extends ConfigKind>(kind: K, id: string, doc: ConfigDocumentInput<K>) => {
    rows.push({ organization_id: organization, kind, id, version: String(rows.length + 1), doc, deleted: false })
  }
  add('organization', organization, { name: 'Benchmark', slug: 'benchmark', active: true })
  add('team', team, { name: 'Benchmark', slug: 'benchmark', active: true })
  add('provider', provider, {
    name: 'Sandbox',
    kind: 'sandbox',
    baseUrl: upstream,
    region: null,
    credential: seal(deriveKey(secret, 'credential'), `provider:${provider}`, 'sandbox-credential'),
    allowPrivateNetwork: true,
    enabled: true,
  })
  add('model', model, modelDocument(provider))
  add('key', keyId, {
    kind: 'live',
    name: 'Benchmark',
    publicId,
    secretHash: hashSecret(deriveKey(secret, 'api-key-hash'), keySecret).toString('base64url'),
    teamId: team,
    personId: null,
    environment: 'production',
    modelIds: [model],
    requestsPerMinute: null,
    dailyLimitNanoUsd: null,
    ipAllowList: [],
    expiresAt: FAR_AHEAD,
    revokedAt: null,
  })
  return { rows, key }
}

function modelDocument(providerId: string): ConfigDocumentInput<'model'> {
  return {
    identifier: 'sandbox-gpt',
    displayName: 'Sandbox GPT',
    aliases: [],
    providerId,
    upstreamModel: 'sandbox-gpt',
    dialects: ['chat'],
    lifecycle: 'approved',
    sunsetAt: null,
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    tiers: [],
    regions: [],
    createdAt: LONG_AGO,
    prices: [
      {
        id: newId(),
        validFrom: LONG_AGO,
        input: '2500000000',
        cachedInput: '1250000000',
        cacheWrite5m: null,
        cacheWrite1h: null,
        output: '10000000000',
        reasoning: null,
      },
    ],
  }
}
