import type { TextFinding } from '#core/guardrails/inspect-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import { InspectionPool } from './inspection-pool.ts'
import { RememberedTexts } from './remembered-texts.ts'

/** Characters above which a thread of the pool does the work: two milliseconds of it, or forty of the most hostile. */
const LARGE_TEXT = 64 * 1024
/** A text costs as much as so many characters more, so that a great many short ones are large as well. */
const COST_OF_A_TEXT = 64

export type Found = readonly TextFinding[]

/** Whether so many characters in so many texts are read in a thread. */
export function isLarge(characters: number, texts: number): boolean {
  return characters + texts * COST_OF_A_TEXT > LARGE_TEXT
}

/** Reads texts by an organization's rules: here what is short or known, in threads of their own what is long. */
export class Inspector {
  readonly #remembered = new RememberedTexts()
  readonly #pool: InspectionPool

  constructor(pool = new InspectionPool()) {
    this.#pool = pool
  }

  /** The findings of each text. Throws, or rejects, when one could not be read: nobody knows what is in it. */
  inspect(plan: InspectionPlan, texts: readonly string[]): Found[] | Promise<Found[]> {
    let characters = 0
    for (const text of texts) characters += text.length
    if (isLarge(characters, texts.length)) return this.#inspectLarge(plan, texts)
    return texts.map(text => this.#remembered.inspect(plan, text))
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
