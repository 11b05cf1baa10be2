import type { RateUse } from '#core/contracts/replica-status.ts'
import type { RateLimitMeasure, RateWindow } from '#core/rate-limits/rate-limit.ts'
import type { RateClock } from './rate-clock.ts'
import { type RateCounter, SlotCounter, WindowCounter } from './rate-counter.ts'
import type { SharedRates } from './shared-rates.ts'

/** Of a limit, the part that all replicas together may add between hearing of each other. */
const UNTOLD_PART = 4
/** What was heard this long ago still decides. */
const FRESH_MS = 100
/** Longest wait of a request for word of the other replicas. */
const WAIT_MS = 250
const SWEEP_MS = 60_000
const MOST_USES = 200
/** What the rule of a governed rate limit begins with; its id follows. */
export const LIMIT_RULE = 'rate_limit:'

/** What a request asks of one limit. */
export interface RateClaim {
  readonly counter: RateCounter
  readonly measure: RateLimitMeasure
  readonly limit: number
  readonly amount: number
  /** The model whose limit it is: given back when another one serves. Null for limits that are of no model. */
  readonly modelId: string | null
  /** Whose limit it is, for words and evidence. */
  readonly source: RateSource
}

export interface RateSource {
  /** Such as `rate_limit:<id>` or `key:requests_per_minute`. */
  readonly rule: string
  /** Who it was counted for: the id of the key, team and so on. */
  readonly countedFor: string
  readonly name: string
  readonly window: RateWindow | null
}

/** What a request holds of the limits that admitted it. */
export interface RateHold {
  readonly claims: readonly RateClaim[]
  readonly marks: readonly number[]
  settled: boolean
}

/** How a request ended, for what it holds. */
export interface RateOutcome {
  /** What it used; null: nobody counted, so what was reserved stays counted. */
  readonly tokens: number | null
  readonly served: string | null
  /** The models that were called. */
  readonly attempted: readonly string[]
}

/** Why a request is not admitted: the claim that has no room, and the milliseconds until it may have. */
export interface RateBlock {
  readonly claim: RateClaim
  readonly waitMs: number
}

/**
 * Every count of this replica, and the admission by them: a request is counted by all limits that cover it or by
 * none. Without Redis nothing is ever waited for; with it, only a request that would be refused otherwise waits,
 * shortly, for word of the other replicas.
 */
export class RateBook {
  readonly #clock: RateClock
  readonly #shared: SharedRates | null
  /** By rule, and by whom it counts for. */
  readonly #counters = new Map<string, Map<string, RateCounter>>()
  #sweep: NodeJS.Timeout | undefined

  constructor(clock: RateClock, shared: SharedRates | null) {
    this.#clock = clock
    this.#shared = shared
  }

  start(): void {
    this.#sweep = setInterval(() => this.#forgetUnused(), SWEEP_MS)
    this.#shared?.start(() => this.#all())
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweep)
    await this.#shared?.stop()
  }

  now(): number {
    return this.#clock.now()
  }

  /** What a rule counts for somebody, made when it is first asked for: a window, or slots when that is null. */
  counter(rule: string, countedFor: string, window: RateWindow | null): RateCounter {
    return this.#counters.get(rule)?.get(countedFor) ?? this.#newCounter(rule, countedFor, window)
  }

  /** Counts a request in all its claims, or says which one refuses it. A promise only while others must be heard. */
  admit(claims: readonly RateClaim[]): RateHold | RateBlock | Promise<RateHold | RateBlock> {
    const now = this.#clock.now()
    const block = this.#blockOf(claims, now)
    if (block === null) return this.#take(claims, now)
    if (!this.#isOpen(block.claim)) return block
    return this.#admitWhenHeard(claims)
  }

  /** Ends what a request holds: its slots are free, and of its tokens those stay counted that it used. */
  settle(hold: RateHold, outcome: RateOutcome): void {
    if (hold.settled) return
    hold.settled = true
    const now = this.#clock.now()
    for (let i = 0; i < hold.claims.length; i++) {
      const claim = hold.claims[i] as RateClaim
      const { counter } = claim
      const correction = usedOf(claim, outcome) - claim.amount
      if (correction === 0) continue
      counter.correct(hold.marks[i] ?? 0, correction, now)
      this.#shared?.tell(counter)
    }
  }

  /** What is used of the rate limits at this moment, most first. */
  uses(): RateUse[] {
    const now = this.#clock.now()
    const shared = this.#shared !== null && this.#shared.replicas !== null
    const uses: RateUse[] = []
    for (const [rule, counters] of this.#counters) {
      if (!rule.startsWith(LIMIT_RULE)) continue
      const limitId = rule.slice(LIMIT_RULE.length)
      for (const [countedFor, counter] of counters) {
        const used = counter.used(now)
        if (used > 0) uses.push({ limitId, countedFor, used, shared })
      }
    }
    return uses.sort((a, b) => b.used - a.used).slice(0, MOST_USES)
  }

  /** Whether a claim has no room, as far as is known now. */
  isFull({ counter, limit, amount }: RateClaim): boolean {
    return counter.used(this.#clock.now()) + amount > limit
  }

  async #admitWhenHeard(claims: readonly RateClaim[]): Promise<RateHold | RateBlock> {
    const deadline = performance.now() + WAIT_MS
    for (;;) {
      for (const { counter } of claims) this.#shared?.tell(counter)
      await this.#shared?.heard(deadline - performance.now())
      const now = this.#clock.now()
      const block = this.#blockOf(claims, now)
      if (block === null) return this.#take(claims, now)
      if (!this.#isOpen(block.claim) || performance.now() >= deadline) return block
    }
  }

  #blockOf(claims: readonly RateClaim[], now: number): RateBlock | null {
    const replicas = this.#shared?.replicas ?? null
    for (const claim of claims) {
      const { counter, limit, amount } = claim
      if (counter.used(now) + amount > limit) return { claim, waitMs: counter.waitMs(limit - amount, now) }
      if (replicas === null) continue
      const untold = counter.untold(now)
      if (untold > 0 && untold + amount > limit / (UNTOLD_PART * replicas)) return { claim, waitMs: FRESH_MS }
    }
    return null
  }

  /** Whether hearing the other replicas can still change what a claim is told. */
  #isOpen({ counter, limit, amount }: RateClaim): boolean {
    if (this.#shared === null || this.#shared.replicas === null || amount > limit) return false
    const full = counter.used(this.#clock.now()) + amount > limit
    return !full || counter.heardAt === null || performance.now() - counter.heardAt > FRESH_MS
  }

  #take(claims: readonly RateClaim[], now: number): RateHold {
    const marks: number[] = []
    for (const { counter, amount } of claims) {
      marks.push(counter.take(amount, now))
      this.#shared?.tell(counter)
    }
    return { claims, marks, settled: false }
  }

  #forgetUnused(): void {
    const now = this.#clock.now()
    for (const [rule, counters] of this.#counters) {
      for (const [countedFor, counter] of counters) {
        if (counter.used(now) === 0 && counter.untold(now) === 0) counters.delete(countedFor)
      }
      if (counters.size === 0) this.#counters.delete(rule)
    }
  }

  #newCounter(rule: string, countedFor: string, window: RateWindow | null): RateCounter {
    const key = `${rule}:${countedFor}:${window ?? 'slots'}`
    const counter = window === null ? new SlotCounter(key) : new WindowCounter(key, window)
    const counters = this.#counters.get(rule) ?? new Map<string, RateCounter>()
    this.#counters.set(rule, counters.set(countedFor, counter))
    return counter
  }

  *#all(): Generator<RateCounter> {
    for (const counters of this.#counters.values()) yield* counters.values()
  }
}

/** What stays counted of a claim when its request has ended. */
function usedOf({ measure, amount, modelId }: RateClaim, { tokens, served, attempted }: RateOutcome): number {
  if (measure === 'concurrency') return 0
  if (measure === 'requests') return modelId === null || attempted.includes(modelId) ? amount : 0
  if (modelId !== null && modelId !== served) return 0
  return tokens ?? amount
}

export function isBlock(answer: RateHold | RateBlock): answer is RateBlock {
  return 'waitMs' in answer
}
