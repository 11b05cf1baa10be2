import { hash } from 'node:crypto'
import { inspectText, type TextFinding } from '#core/guardrails/inspect-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'

/** Below this a text is read as fast as it is looked up; what people say in a turn is often little more. */
const SHORTEST = 16
/** Texts of one generation; two are held. An entry takes about 200 bytes. */
const GENERATION = 8_192
/** A text with more findings is read again. */
const MOST_FINDINGS = 8

type Found = readonly TextFinding[]

/**
 * What was found in texts that came before: the history of a conversation comes again with every turn. A text is known
 * by its SHA-256 and the rules it was read by, and never kept itself; findings have places and no values.
 */
export class RememberedTexts {
  #young = new Map<string, Found>()
  #old = new Map<string, Found>()

  /** What was found in a text when it was last read by these rules; null: it was not, or long ago. */
  recall(plan: InspectionPlan, text: string): Found | null {
    return text.length < SHORTEST ? null : this.#find(keyOf(plan, text))
  }

  keep(plan: InspectionPlan, text: string, found: Found): void {
    if (text.length >= SHORTEST) this.#keep(keyOf(plan, text), found)
  }

  /** What is in a text: recalled, or read now. Throws what a detector throws. */
  inspect(plan: InspectionPlan, text: string): Found {
    if (text.length < SHORTEST) return inspectText(text, plan.wanted, plan.patterns)
    const key = keyOf(plan, text)
    const known = this.#find(key)
    if (known) return known
    const found = inspectText(text, plan.wanted, plan.patterns)
    this.#keep(key, found)
    return found
  }

  #find(key: string): Found | null {
    const young = this.#young.get(key)
    if (young) return young
    const old = this.#old.get(key)
    if (old) this.#put(key, old)
    return old ?? null
  }

  #keep(key: string, found: Found): void {
    if (found.length <= MOST_FINDINGS) this.#put(key, found)
  }

  /** The newest are kept: when a generation is full, it becomes the old one, and what was old is forgotten. */
  #put(key: string, found: Found): void {
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, found)
  }
}

function keyOf(plan: InspectionPlan, text: string): string {
  return hash('sha256', text, 'base64') + plan.version
}
