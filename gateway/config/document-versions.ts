import { hash } from 'node:crypto'

/** Records that decide nothing about what an answer to a request may be, or that are asked for one by one. */
const NO_RULES: ReadonlySet<string> = new Set([
  'organization',
  'team',
  'key',
  'budget',
  'rate_limit',
  'provider',
  'model',
  'cache_policy',
  'content_key',
])

/** The versions of one organization's documents: two replicas with the same ones hold the same rules. */
export class DocumentVersions {
  readonly #versions = new Map<string, string>()
  #rules: string | null = null

  put(kind: string, id: string, version: string): void {
    if (kind === 'key') return
    this.#versions.set(`${kind} ${id}`, version)
    if (!NO_RULES.has(kind)) this.#rules = null
  }

  remove(kind: string, id: string): void {
    this.#versions.delete(`${kind} ${id}`)
    if (!NO_RULES.has(kind)) this.#rules = null
  }

  /** The version of one document; '0' when there is none. */
  of(kind: 'provider' | 'model' | 'cache_policy', id: string): string {
    return this.#versions.get(`${kind} ${id}`) ?? '0'
  }

  /** A digest of every rule in force with its version: tiers, guardrails, routes and whatever kinds come to be. */
  get rules(): string {
    if (this.#rules === null) {
      const rules = [...this.#versions].filter(([name]) => !NO_RULES.has(name.slice(0, name.indexOf(' '))))
      const lines = rules.map(([name, version]) => `${name} ${version}`).sort()
      this.#rules = hash('sha256', lines.join('\n'), 'base64url')
    }
    return this.#rules
  }
}
