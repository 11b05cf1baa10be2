import { isIP } from 'node:net'
import { Pool } from 'undici'
import type { ModelEntry, ProviderEntry } from '#gateway/config/entries.ts'
import type { Operation } from '#gateway/operations.ts'
import { type AddressPolicy, ForbiddenAddressError, guardedLookup, isAllowedAddress } from './address-guard.ts'
import { VENDORS, type Vendor } from './vendor.ts'

/** Where one model's operation goes, ready to be dispatched to. */
export interface Target {
  readonly pool: Pool
  readonly path: string
  /** Fixed header names and values, flat, credential included. */
  readonly headers: readonly string[]
  readonly forwards: readonly string[]
}

/** Pools that no provider uses any more are closed after this, when their answers have ended. */
const RETIRE_MS = 60_000
const CONNECTIONS = 1_024

interface ProviderTargets {
  pool: Pool
  poolKey: string
  /** The provider entry that the targets were built from; a new one means they are stale. */
  provider: ProviderEntry
  byCall: Map<string, Target | null>
}

/** The targets of all providers, each with its own connections, built when first used. */
export class Targets {
  readonly #providers = new Map<string, ProviderTargets>()

  /** The target of a call; null: the vendor does not serve that operation. Throws ForbiddenAddressError. */
  find(provider: ProviderEntry, model: ModelEntry, operation: Operation): Target | null {
    const held = this.#providers.get(provider.id)
    const targets = held?.provider === provider ? held : this.#renew(provider, held)
    const call = `${operation.name} ${model.document.upstreamModel}`
    let target = targets.byCall.get(call)
    if (target === undefined) {
      target = buildTarget(targets.pool, provider, model, operation)
      targets.byCall.set(call, target)
    }
    return target
  }

  /** Closes what belongs to providers that are gone. */
  keepOnly(exists: (provider: ProviderEntry) => boolean): void {
    for (const [id, targets] of this.#providers) {
      if (exists(targets.provider)) continue
      this.#providers.delete(id)
      retire(targets.pool)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#providers.values()].map(targets => targets.pool.destroy()))
  }

  #renew(provider: ProviderEntry, held: ProviderTargets | undefined): ProviderTargets {
    const policy = policyOf(provider)
    // A host that is an address is connected to without a look-up.
    const host = provider.base.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !isAllowedAddress(host, policy)) {
      throw new ForbiddenAddressError(`${provider.document.name} is at an address that no provider may have`)
    }
    const poolKey = `${provider.base.origin} ${policy.loopback} ${policy.privateNetwork}`
    const keeps = held?.poolKey === poolKey
    if (held && !keeps) retire(held.pool)
    const targets = { pool: keeps ? held.pool : openPool(provider.base, policy), poolKey, provider, byCall: new Map() }
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

function buildTarget(pool: Pool, provider: ProviderEntry, model: ModelEntry, operation: Operation): Target | null {
  const vendor: Vendor = VENDORS[provider.document.kind]
  const path = vendor.path(provider.base, operation, model.document.upstreamModel)
  if (path === null) return null
  const credential = provider.credential === null ? [] : vendor.credentialHeaders(provider.credential, operation)
  const headers = [
    'content-type',
    'application/json',
    'accept-encoding',
    'identity',
    'user-agent',
    'gatehouse',
    ...credential,
  ]
  return { pool, path, headers, forwards: vendor.forwards }
}
