import { z } from 'zod'
import { seededRandom } from './digest.ts'
import { type Fault, FaultSyntaxError, NO_FAULT, parseFault } from './faults.ts'

const FaultText = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      parseFault(text)
    } catch (error) {
      if (!(error instanceof FaultSyntaxError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  })

/** A standing fault for the requests that match it. */
export const FaultRuleInput = z.strictObject({
  /** In the grammar of the `x-sandbox-fault` header. */
  fault: FaultText,
  match: z.strictObject({ path: z.string().optional(), model: z.string().optional() }).default({}),
  /** Share of the matching requests that it hits. */
  probability: z.number().min(0).max(1).default(1),
  /** Seed of the draw, so that a run can be repeated. */
  seed: z.int().nonnegative().default(1),
  /** Hits after which the rule ends; absent: no end. */
  count: z.int().positive().optional(),
  /** Milliseconds after which the rule ends; absent: no end. */
  durationMs: z.int().positive().optional(),
})
export type FaultRuleInput = z.infer<typeof FaultRuleInput>

type ActiveRule = FaultRuleInput & { id: string; hits: number; parsed: Fault; random: () => number; endsAt: number }

/** The rules in force. Later rules win where two set the same thing. */
export class FaultRules {
  #rules: ActiveRule[] = []
  #nextId = 1

  /** Adds a rule and returns how {@link list} will show it. */
  add(input: FaultRuleInput) {
    const rule: ActiveRule = {
      ...input,
      id: `fault-${this.#nextId++}`,
      hits: 0,
      parsed: parseFault(input.fault),
      random: seededRandom(input.seed),
      endsAt: input.durationMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + input.durationMs,
    }
    this.#rules.push(rule)
    return shown(rule)
  }

  /** The rules in force with the number of requests each has hit. */
  list() {
    this.#dropEnded()
    return this.#rules.map(shown)
  }

  /** Ends one rule; false when there is none of that id. */
  remove(id: string): boolean {
    const before = this.#rules.length
    this.#rules = this.#rules.filter(rule => rule.id !== id)
    return this.#rules.length < before
  }

  /** Ends all rules. */
  clear(): void {
    this.#rules = []
  }

  /** The fault for a request of that path and model; counts as a hit of each rule that contributes. */
  faultFor(path: string, model: string | null): Fault {
    if (this.#rules.length === 0) return NO_FAULT
    this.#dropEnded()
    let fault = NO_FAULT
    for (const rule of this.#rules) {
      if (rule.match.path !== undefined && rule.match.path !== path) continue
      if (rule.match.model !== undefined && rule.match.model !== model) continue
      if (rule.random() >= rule.probability) continue
      rule.hits++
      fault = fault === NO_FAULT ? rule.parsed : { ...fault, ...rule.parsed }
    }
    return fault
  }

  #dropEnded(): void {
    const now = performance.now()
    this.#rules = this.#rules.filter(rule => now < rule.endsAt && (rule.count === undefined || rule.hits < rule.count))
  }
}

function shown({ id, fault, match, probability, seed, count, durationMs, hits }: ActiveRule) {
  return { id, fault, match, probability, seed, count: count ?? null, durationMs: durationMs ?? null, hits }
}
