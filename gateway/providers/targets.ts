import { isIP } from 'node:net'
import { Pool } from 'undici'
import type { Lender } from '#core/credential-types.ts'
import type { ModelEntry, ProviderEntry } from '#gateway/config/entries.ts'
import type { Operation } from '#gateway/operations.ts'
import { type AddressPolicy, ForbiddenAddressError, guardedLookup, isAllowedAddress } from './address-guard.ts'
import type { Authorizer } from './authorization/authorizer.ts'
import { authorizerOf } from './authorization/authorizer-of.ts'
import type { Vendor, Wire } from './vendor.ts'
import { VENDORS } from './vendors.ts'

/** Where one model's operation goes, ready to be dispatched to. */
export interface Target {
  readonly pool: Pool
  /** Path and query. */
  readonly path: string
  /** The same for an answer that is to be streamed. */
  readonly streamPath: string
  readonly host: string
  /** Fixed header names and values, flat; an API key is one of them. */
  readonly headers: readonly string[]
  readonly forwards: readonly string[]
  /** What adds proof to each request; null: the fixed headers are enough. */
  readonly authorizer: Authorizer | null
  /** Null: the vendor speaks the dialect as it is. */
  readonly wire: Wire | null
  /** What calls have taught of the provider; it is forgotten when its settings change. */
  readonly learnt: { refusesUsageOption: boolean }
}

/** Pools that no provider uses any more are closed after this, when their answers have ended. */
const RETIRE_MS = 60_000
const CONNECTIONS = 1_024
/** Of every request to a provider. */
export const FIXED_HEADERS: readonly string[] = [
  'content-type',
  'application/json',
  'accept-encoding',
  'identity',
  'user-agent',
  'gatehouse',
]

interface ProviderTargets {
  pool: Pool
  poolKey: string
  /** The provider entry that the targets were built from; a new one means they are stale. */
  provider: ProviderEntry
  authorizer: Authorizer | null
  byCall: Map<string, Target | null>
}

/** The targets of all providers, each with its own connections, built when first used. */
export class Targets {
  readonly #lenders: readonly Lender[]
  readonly #providers = new Map<string, ProviderTargets>()

  /** `lenders`: whose identities of this machine may be lent to providers. */
  constructor(lenders: readonly Lender[] = []) {
    this.#lenders = lenders
  }

  /** The target of a call; null: the vendor does not serve that operation. Throws ForbiddenAddressError. */
  find(provider: ProviderEntry, model: ModelEntry, operation: Operation): Target | null {
    const targets = this.#targetsOf(provider)
    const call = `${operation.name} ${model.document.upstreamModel}`
    let target = targets.byCall.get(call)
    if (target === undefined) {
      target = buildTarget(targets, model, operation)
      targets.byCall.set(call, target)
    }
    return target
  }

  /** Connections to a provider, and what proves who calls. Throws as `find` does. */
  connection(provider: ProviderEntry): { pool: Pool; authorizer: Authorizer | null } {
    return this.#targetsOf(provider)
  }

  /** Has what the first call of a provider needs fetched now. Never throws; a call will say what is wrong. */
  prepare(provider: ProviderEntry): void {
    const held = this.#providers.get(provider.id)
    // One that is changed or switched off needs no tokens in its old form any more.
    if (held && held.provider !== provider) held.authorizer?.close()
    const type = provider.credential?.type ?? 'api_key'
    if (type === 'api_key' || type === 'aws_keys' || !provider.document.enabled) return
    try {
      void this.#targetsOf(provider).authorizer?.prepare()
    } catch {}
  }

  /** Closes what belongs to providers that are gone. */
  keepOnly(exists: (provider: ProviderEntry) => boolean): void {
    for (const [id, targets] of this.#providers) {
      if (exists(targets.provider)) continue
      this.#providers.delete(id)
      targets.authorizer?.close()
      retire(targets.pool)
    }
  }

  async close(): Promise<void> {
    for (const { authorizer } of this.#providers.values()) authorizer?.close()
    await Promise.all([...this.#providers.values()].map(targets => targets.pool.destroy()))
  }

  #targetsOf(provider: ProviderEntry): ProviderTargets {
    const held = this.#providers.get(provider.id)
    return held?.provider === provider ? held : this.#renew(provider, held)
  }

  #renew(provider: ProviderEntry, held: ProviderTargets | undefined): ProviderTargets {
    const authorizer = authorizerOf(provider, this.#lenders)
    const policy = policyOf(provider)
    // A host that is an address is connected to without a look-up.
    const host = provider.base.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !isAllowedAddress(host, policy)) {
      throw new ForbiddenAddressError(`${provider.document.name} is at an address that no provider may have`)
    }
    const poolKey = `${provider.base.origin} ${policy.loopback} ${policy.privateNetwork}`
    const keeps = held?.poolKey === poolKey
    if (held && !keeps) retire(held.pool)
    held?.authorizer?.close()
    const pool = keeps ? held.pool : openPool(provider.base, policy)
    const targets = { pool, poolKey, provider, authorizer, byCall: new Map() }
    this.#providers.set(provider.id, targets)
    return targets
  }
}

function policyOf({ base, document }: ProviderEntry): AddressPolicy {
  return {
    encrypted: base.protocol === 'https:',
    loopback: document.allowPrivateNetwork || document.kind === 'sandbox',
    privateNetwork: document.allowPrivateNetwork,
  }
}

function openPool(base: URL, policy: AddressPolicy): Pool {
  return new Pool(base.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: 30_000,
    connect: { timeout: 10_000, lookup: guardedLookup(policy) },
  })
}

function retire(pool: Pool): void {
  setTimeout(() => void pool.close().catch(() => {}), RETIRE_MS).unref()
}

function buildTarget(
  { pool, provider, authorizer }: ProviderTargets,
  model: ModelEntry,
  operation: Operation,
): Target | null {
  const { base, credential, document } = provider
  const vendor: Vendor = VENDORS[document.kind]
  const endpoint = vendor.endpoint({ base, operation, model: model.document.upstreamModel, credential })
  if (endpoint === null) return null
  const key = credential?.type === 'api_key' ? vendor.keyHeaders(credential, operation) : []
  return {
    pool,
    path: endpoint.path,
    streamPath: endpoint.streamPath ?? endpoint.path,
    host: base.host,
    headers: [...FIXED_HEADERS, ...key],
    forwards: vendor.forwards,
    authorizer,
    wire: endpoint.wire ?? null,
    learnt: { refusesUsageOption: false },
  }
}
