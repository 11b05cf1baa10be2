import { createHmac, hash } from 'node:crypto'
import { canonicalize } from 'json-canonicalize'
import type { CachePolicyEntry } from '#gateway/config/cache-policies.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import type { Organization } from '#gateway/config/organization.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { VENDORS } from '#gateway/providers/vendors.ts'

/** Changes when what is kept changes its form. */
const FORM = 1
/** Fields that no answer depends on: who asks, and how the provider shares its own prompt cache. */
const UNRELATED: ReadonlySet<string> = new Set([
  'model',
  'stream',
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
])
/** Of a key, what says who holds it and how much it may use; all else is what it may do. */
const NOT_POLICY: ReadonlySet<string> = new Set([
  'name',
  'publicId',
  'secretHash',
  'teamId',
  'personId',
  'requestsPerMinute',
  'dailyLimitNanoUsd',
  'expiresAt',
  'revokedAt',
])
const keyPolicies = new WeakMap<KeyEntry, string>()

/** All that an answer depends on, and who may be served it. */
export interface KeyMaterial {
  readonly organizationId: string
  readonly policyId: string
  readonly policyVersion: string
  /** Among whom the answer is shared, beyond keys that may do the same. */
  readonly sharedWith: string
  /** What the key may do. */
  readonly keyPolicy: string
  readonly tier: string | null
  /** What data the request is known to use. */
  readonly dataSources: readonly string[]
  /** Exemptions that hold for the request. */
  readonly exemptions: readonly string[]
  /** Versions of the rules in force. */
  readonly rules: string
  readonly region: string | null
  /** Of each candidate: model, its version, provider, its version. */
  readonly candidates: readonly (readonly string[])[]
  readonly operation: string
  readonly streaming: boolean
  readonly beta: boolean
  /** Names and values, flat. */
  readonly headers: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * The place of a request's answer: HMAC-SHA-256 over the canonical form (RFC 8785) of all that it depends on. Keyed, so
 * that nobody can tell from a place what was asked. Throws when the body has no canonical form.
 */
export function requestKey(material: KeyMaterial, secret: Buffer): string {
  const {
    organizationId,
    policyId,
    policyVersion,
    sharedWith,
    keyPolicy,
    tier,
    dataSources,
    exemptions,
    rules,
    region,
  } = material
  const who = [
    organizationId,
    policyId,
    policyVersion,
    sharedWith,
    keyPolicy,
    tier,
    dataSources,
    exemptions,
    rules,
    region,
  ]
  const { candidates, operation, streaming, beta, headers, body } = material
  const related = Object.fromEntries(Object.entries(body).filter(([name]) => !UNRELATED.has(name)))
  // A list has one form in JSON, so that only the body needs its names in order.
  const text = JSON.stringify([FORM, who, candidates, operation, streaming, beta, headers])
  return createHmac('sha256', secret)
    .update(text + canonicalize(related))
    .digest('base64url')
}

/** What the key of a request is made of, once it is inspected and masked. */
export function keyMaterial(
  exchange: Exchange,
  key: KeyEntry,
  { versions }: Organization,
  policy: CachePolicyEntry,
): KeyMaterial {
  const { operation, tier, services, request } = exchange
  return {
    organizationId: key.organizationId,
    policyId: policy.id,
    policyVersion: policy.version,
    sharedWith: sharedWith(key, policy),
    keyPolicy: keyPolicy(key),
    tier: tier?.name ?? null,
    dataSources: exchange.dataSources.map(({ slug }) => slug).sort(),
    exemptions: exchange.exemptions.map(({ id }) => id),
    rules: versions.rules,
    region: services.environment.GATEHOUSE_REGION ?? null,
    candidates: ownCandidates(exchange)
      .map(({ model, provider }) => [
        model.id,
        versions.of('model', model.id),
        provider.id,
        versions.of('provider', provider.id),
      ])
      .sort(),
    operation: operation.name,
    streaming: exchange.streaming,
    beta: /[?&]beta=true(&|$)/.test(request.url ?? ''),
    headers: headersOf(exchange),
    body: exchange.body,
  }
}

/** Those that are asked when nothing is wrong: no stand-ins for an outage or a budget. */
export function ownCandidates({ candidates }: Exchange): Candidate[] {
  return candidates.filter(({ origin }) => origin === 'requested' || origin === 'route')
}

function sharedWith(key: KeyEntry, { document }: CachePolicyEntry): string {
  if (document.sharing === 'organization') return 'organization'
  return document.sharing === 'team' ? `team ${key.document.teamId}` : `key ${key.id}`
}

/** What a key may do, as a digest: equal for keys that may do the same. A field nobody thought of here keeps keys apart. */
export function keyPolicy(key: KeyEntry): string {
  let policy = keyPolicies.get(key)
  if (policy === undefined) {
    const fields = Object.entries(key.document).filter(([name]) => !NOT_POLICY.has(name))
    const comparableFields = Object.fromEntries(fields.map(([name, value]) => [name, comparable(value)]))
    policy = hash('sha256', canonicalize(comparableFields), 'base64url')
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
