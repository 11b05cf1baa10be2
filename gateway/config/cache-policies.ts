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
  readonly #byTarget = new Map<string, CachePolicyEntry>()
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
    this.#byTarget.set(targetKey(entry.document.scope, entry.document.target), entry)
  }

  remove(id: string): void {
    this.#unreadable.delete(id)
    const held = this.#byId.get(id)
    if (!held) return
    this.#byId.delete(id)
    const at = targetKey(held.document.scope, held.document.target)
    if (this.#byTarget.get(at) === held) this.#byTarget.delete(at)
  }

  /** One that cannot be read might have switched the cache off for someone. */
  markUnreadable(id: string): void {
    this.#unreadable.add(id)
  }

  /** The narrowest policy that covers a request, in force or not; null: none, or one of them cannot be read. */
  find(subject: CacheSubject): CachePolicyEntry | null {
    if (this.#unreadable.size > 0) return null
    for (const scope of NARROWEST_FIRST) {
      for (const target of scope === 'organization' ? [null] : [subject[scope]].flat()) {
        const found = this.#byTarget.get(targetKey(scope, target))
        if (found && (target !== null || scope === 'organization')) return found
      }
    }
    return null
  }
}

function targetKey(scope: string, target: string | null): string {
  return `${scope} ${target ?? ''}`
}
