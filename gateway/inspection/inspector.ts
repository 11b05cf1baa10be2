import type { TextFinding } from '#core/guardrails/inspect-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import { InspectionPool } from './inspection-pool.ts'
import { RememberedTexts } from './remembered-texts.ts'

/** Characters above which a thread of the pool does the work: some two milliseconds of it. */
const LARGE_TEXT = 64 * 1024

export type Found = readonly TextFinding[]

/** Reads texts by an organization's rules: here what is short or known, in threads of their own what is long. */
export class Inspector {
  readonly #remembered = new RememberedTexts()
  readonly #pool = new InspectionPool()

  /** The findings of each text. Throws, or rejects, when one could not be read: nobody knows what is in it. */
  inspect(plan: InspectionPlan, texts: readonly string[]): Found[] | Promise<Found[]> {
    let size = 0
    for (const text of texts) size += text.length
    if (size > LARGE_TEXT) return this.#inspectLarge(plan, texts)
    return texts.map(text => this.#remembered.inspect(plan, text))
  }

  /** The findings of a text that is short enough to be read at once. Throws when it could not be read. */
  inspectNow(plan: InspectionPlan, text: string): Found {
    return this.#remembered.inspect(plan, text)
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.#pool.close()
  }

  async #inspectLarge(plan: InspectionPlan, texts: readonly string[]): Promise<Found[]> {
    const known = texts.map(text => this.#remembered.recall(plan, text))
    const unknown = texts.filter((_, at) => known[at] === null)
    const found = unknown.length > 0 ? await this.#pool.inspect(unknown, plan) : []
    let next = 0
    return texts.map((text, at) => {
      const before = known[at]
      if (before) return before
      const now = found[next++] ?? []
      this.#remembered.keep(plan, text, now)
      return now
    })
  }
}
