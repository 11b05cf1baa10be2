import { createHmac } from 'node:crypto'
import { canonicalize } from 'json-canonicalize'
import type { CachePolicyEntry } from '#gateway/config/cache-policies.ts'
import type { Organization } from '#gateway/config/configuration.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { VENDORS } from '#gateway/providers/vendor.ts'

/** Changes when what is kept changes its form. */
const FORM = 1
/** Fields that no answer depends on: who asks, and how the provider shares its own prompt cache. */
const UNRELATED = [
  'model',
  'stream',
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
]
/** Of a key, what says who holds it and how much it may use; all else is what it may do. */
const NOT_POLICY = [
  'name',
  'publicId',
  'secretHash',
  'teamId',
  'personId',
  'requestsPerMinute',
  'dailyLimitNanoUsd',
  'expiresAt',
  'revokedAt',
]
const keyPolicies = new WeakMap<KeyEntry, string>()

/**
 * The place of a request's answer: HMAC-SHA-256 over the canonical form (RFC 8785) of all that the answer depends on
 * and of who may see it. Keyed, so that nobody can tell from a place what was asked. Throws when the body has no
 * canonical form.
 */
export function requestKey(
  exchange: Exchange,
  key: KeyEntry,
  organization: Organization,
  policy: CachePolicyEntry,
  secret: Buffer,
): string {
  const { operation, candidates, tier, services } = exchange
  const { versions } = organization
  const who = [key.organizationId, policy.id, policy.version, sharedWith(key, policy), policyOf(key)]
  const rules = [tier?.name ?? null, versions.rules, services.environment.GATEHOUSE_REGION ?? null]
  const models = candidates.map(({ model, provider }) => [
    model.id,
    versions.of('model', model.id),
    provider.id,
    versions.of('provider', provider.id),
  ])
  const wire = [
    operation.name,
    exchange.streaming,
    /[?&]beta=true(&|$)/.test(exchange.request.url ?? ''),
    headersOf(exchange),
  ]
  const body = Object.fromEntries(Object.entries(exchange.body).filter(([name]) => !UNRELATED.includes(name)))
  return createHmac('sha256', secret)
    .update(JSON.stringify([FORM, who, rules, models.sort(), wire]))
    .update('\n')
    .update(canonicalize(body))
    .digest('base64url')
}

/** Among whom the answer is shared, beyond keys that may do the same. */
function sharedWith(key: KeyEntry, { document }: CachePolicyEntry): string {
  if (document.sharing === 'organization') return 'organization'
  return document.sharing === 'team' ? `team ${key.document.teamId}` : `key ${key.id}`
}

/** What a key may do, as a text; a field nobody thought of here keeps keys apart. */
function policyOf(key: KeyEntry): string {
  let policy = keyPolicies.get(key)
  if (policy === undefined) {
    const fields = Object.entries(key.document).filter(([name]) => !NOT_POLICY.includes(name))
    policy = canonicalize(Object.fromEntries(fields.map(([name, value]) => [name, comparable(value)])))
    keyPolicies.set(key, policy)
  }
  return policy
}

/** Lists of a key are sets, and amounts have no form in JSON. */
function comparable(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  return Array.isArray(value) ? [...value].sort() : value
}

/** The headers that go on to a provider and can change its answer; an idempotency key names one attempt. */
function headersOf({ candidates, request }: Exchange): string[] {
  const names = new Set(candidates.flatMap(({ provider }) => VENDORS[provider.document.kind].forwards))
  names.delete('idempotency-key')
  return [...names].sort().flatMap(name => {
    const value = request.headers[name]
    return typeof value === 'string' ? [name, value] : []
  })
}
