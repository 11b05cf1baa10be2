import { coversSubject, isInForce } from './evaluate.ts'
import type { ExemptionRecord, ExemptionSubject } from './exemption.ts'

const NONE: readonly never[] = []

/** Exemptions by whom they are for, so that a request without any finds that out at once. */
export class ExemptionTable<E extends ExemptionRecord> {
  readonly #byTarget = new Map<string, E[]>()

  constructor(exemptions: Iterable<E>) {
    const inOrder = [...exemptions].sort((a, b) => (a.id < b.id ? -1 : 1))
    for (const exemption of inOrder) {
      const { target } = exemption.document.subject
      this.#byTarget.set(target, [...(this.#byTarget.get(target) ?? []), exemption])
    }
  }

  /** The exemptions that hold for a request at a moment (milliseconds since 1970), the oldest first. */
  covering(subject: ExemptionSubject, now: number): readonly E[] {
    if (this.#byTarget.size === 0) return NONE
    let found: E[] | null = null
    const { teamId, personId, keyId, workload, useCase } = subject
    for (const target of new Set([teamId, personId, keyId, workload, useCase])) {
      if (target === null) continue
      for (const exemption of this.#byTarget.get(target) ?? NONE) {
        if (!isInForce(exemption, now) || !coversSubject(exemption.document, subject)) continue
        found ??= []
        found.push(exemption)
      }
    }
    return found ?? NONE
  }
}
