import { CONFIG_DOCUMENTS } from '#core/contracts/config-documents.ts'
import type { AcknowledgementDocument, PolicyDocument } from '#core/policies/gateway-documents.ts'

export type AcknowledgementKind = 'policy' | 'acknowledgement'

export interface RequiredPolicy extends PolicyDocument {
  readonly id: string
  /** `requiredFrom`, in milliseconds since 1970. */
  readonly from: number
}

/** Which policies keys of an organization need acknowledged, and who has acknowledged which version. */
export class Acknowledgements {
  readonly #policies = new Map<string, RequiredPolicy>()
  readonly #people = new Map<string, AcknowledgementDocument>()
  readonly #unreadable = new Set<string>()

  /** Whether a policy could not be read: whose acknowledgement it needs is not known. */
  get broken(): boolean {
    return this.#unreadable.size > 0
  }

  /** Puts a document in force. Throws when it is not of its shape. */
  put(kind: AcknowledgementKind, id: string, doc: unknown): void {
    if (kind === 'acknowledgement') this.#people.set(id, CONFIG_DOCUMENTS.acknowledgement.parse(doc))
    else {
      const document = CONFIG_DOCUMENTS.policy.parse(doc)
      this.#policies.set(id, { id, ...document, from: Date.parse(document.requiredFrom) })
    }
  }

  remove(kind: AcknowledgementKind, id: string): void {
    this.#unreadable.delete(id)
    if (kind === 'policy') this.#policies.delete(id)
    else this.#people.delete(id)
  }

  /** A policy that cannot be read lets nothing through; an acknowledgement that cannot be read is none. */
  markUnreadable(kind: AcknowledgementKind, id: string): void {
    if (kind === 'policy') this.#unreadable.add(id)
  }

  /** The policy that a key of a team still needs acknowledged; of its people, one has to have. Null: none. */
  missing(teamId: string, personIds: readonly string[], now: number): RequiredPolicy | null {
    if (this.#policies.size === 0) return null
    for (const policy of this.#policies.values()) {
      if (policy.from > now || (policy.teamIds !== null && !policy.teamIds.includes(teamId))) continue
      const read = personIds.some(id => (this.#people.get(id)?.versions[policy.id] ?? 0) >= policy.asksFrom)
      if (!read) return policy
    }
    return null
  }
}

export function isAcknowledgementKind(kind: string): kind is AcknowledgementKind {
  return kind === 'policy' || kind === 'acknowledgement'
}
