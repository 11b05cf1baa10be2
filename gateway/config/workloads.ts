import { WorkloadDocument } from '#core/workloads/workload.ts'

/** What the gateway holds of a workload. */
export interface WorkloadEntry {
  readonly id: string
  readonly document: WorkloadDocument
  /** Null: every model of the catalog. */
  readonly models: ReadonlySet<string> | null
}

/** The registered workloads of one organization, by id and by what callers send. */
export class Workloads {
  readonly #byId = new Map<string, WorkloadEntry>()
  readonly #bySlug = new Map<string, WorkloadEntry>()
  readonly #unreadable = new Set<string>()

  /** Whether one could not be read: a name that is not known here may be its. */
  get broken(): boolean {
    return this.#unreadable.size > 0
  }

  ofId(id: string): WorkloadEntry | undefined {
    return this.#byId.get(id)
  }

  named(slug: string): WorkloadEntry | undefined {
    return this.#bySlug.get(slug)
  }

  /** Puts a document in force. Throws when it is not of its shape. */
  put(id: string, doc: unknown): void {
    const document = WorkloadDocument.parse(doc)
    const models = document.modelIds.length > 0 ? new Set(document.modelIds) : null
    const entry: WorkloadEntry = { id, document, models }
    this.#byId.set(id, entry)
    this.#bySlug.set(document.slug, entry)
  }

  remove(id: string): void {
    this.#unreadable.delete(id)
    const entry = this.#byId.get(id)
    if (!entry) return
    this.#byId.delete(id)
    if (this.#bySlug.get(entry.document.slug) === entry) this.#bySlug.delete(entry.document.slug)
  }

  markUnreadable(id: string): void {
    this.#unreadable.add(id)
  }
}
