import { CACHE_SCOPES, type CachePolicyDocument } from '#core/cache/cache-policy.ts'
import { CONFIG_DOCUMENTS } from '#core/contracts/config-documents.ts'

export interface CachePolicyEntry {
  readonly id: string
  readonly organizationId: string
  /** Of its document: a new one makes what was kept under the old one unreachable. */
  readonly version: string
  readonly document: CachePolicyDocument
}

/** What a policy may cover a request by. */
export interface CacheSubject {
  readonly team: string
  /** Values of `model` that mean the same model, the one that was sent first. */
  readonly model: readonly string[]
  readonly workload: string | null
}

const NARROWEST_FIRST = [...CACHE_SCOPES].reverse()

/** The cache policies of one organization. */
export class CachePolicies {
  readonly #byId = new Map<string, CachePolicyEntry>()
  /** By scope, and within it by target. */
  readonly #byTarget = new Map<string, Map<string | null, CachePolicyEntry>>()
  readonly #unreadable = new Set<string>()

  /** Whether no request can be covered, so that there is nothing to look for. */
  get empty(): boolean {
    return this.#byId.size === 0
  }

  get(id: string): CachePolicyEntry | undefined {
    return this.#byId.get(id)
  }

  /** Puts a document in force. Throws when it is not of its shape. */
  put(id: string, organizationId: string, version: string, doc: unknown): void {
    const entry = { id, organizationId, version, document: CONFIG_DOCUMENTS.cache_policy.parse(doc) }
    this.#byId.set(id, entry)
    const { scope, target } = entry.document
    const ofScope = this.#byTarget.get(scope) ?? new Map<string | null, CachePolicyEntry>()
    this.#byTarget.set(scope, ofScope.set(target, entry))
  }

  remove(id: string): void {
    this.#unreadable.delete(id)
    const held = this.#byId.get(id)
    if (!held) return
    this.#byId.delete(id)
    const { scope, target } = held.document
    const ofScope = this.#byTarget.get(scope)
    if (ofScope?.get(target) === held) ofScope.delete(target)
  }

  /** One that cannot be read might have switched the cache off for someone. */
  markUnreadable(id: string): void {
    this.#unreadable.add(id)
  }

  /** The narrowest policy that covers a request, in force or not; null: none, or one of them cannot be read. */
  find(subject: CacheSubject): CachePolicyEntry | null {
    if (this.#unreadable.size > 0) return null
    for (const scope of NARROWEST_FIRST) {
      // An organization has few policies, and none of most scopes.
      const ofScope = this.#byTarget.get(scope)
      if (!ofScope || ofScope.size === 0) continue
      if (scope === 'organization') return ofScope.get(null) ?? null
      for (const target of [subject[scope]].flat()) {
        const found = target === null ? undefined : ofScope.get(target)
        if (found) return found
      }
    }
    return null
  }
}
