import type { BudgetAction } from '#core/budgets/budget.ts'
import { leaseTarget } from '#core/budgets/lease.ts'
import { actionAt, paceMs } from '#core/budgets/threshold.ts'
import type { Period } from '#core/budgets/window.ts'
import type { BudgetEntry } from '#gateway/config/entries.ts'
import type { HeldLease } from './held-leases.ts'

/** What Postgres says of a period of a budget when a lease is taken. */
export interface LeaseAnswer {
  granted: bigint
  spent: bigint
  wanted: boolean
  /** False: the lease had run out, and with it all that was held when this was asked. */
  kept: boolean
}

/** What is asked of Postgres: see the function `take_budget_lease`. */
export interface LeaseAsk {
  claim: bigint
  need: bigint
  want: bigint
}

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/**
 * One period of one budget on this replica: the lease it holds, what of it is reserved by requests in progress, and
 * what is spent in events that Postgres does not have yet. What it is given is nano-US-dollars; it keeps its own unit, so
 * that one that counts calls takes one for each request.
 */
export class BudgetLedger {
  entry: BudgetEntry
  readonly period: Period
  /** When the period begins, as evidence says it. */
  readonly periodStart: string
  /** What is left of the lease, reservations included. */
  held = 0n
  reserved = 0n
  /** Settled here, in events that are not shipped. */
  unshipped = 0n
  /** What Postgres has recorded on all replicas; null: not asked yet. */
  spent: bigint | null = null
  /** Another replica lacks what this one does not use. */
  wanted = false
  /** Like every time that is given to a ledger: of a clock that never jumps. */
  usedAt: number
  #demand = 0n
  #demandPerSecond = 0n
  #demandFrom: number
  #dearest = 0n
  #typical = 0n
  #heldAtAsk = 0n

  constructor(entry: BudgetEntry, period: Period, now: number) {
    this.entry = entry
    this.period = period
    this.periodStart = new Date(period.start).toISOString()
    this.usedAt = now
    this.#demandFrom = now
  }

  /** What can be reserved without asking; null: any amount, since nothing stops this budget. */
  get available(): bigint | null {
    return this.entry.stop === null ? null : this.held - this.reserved
  }

  /** Whether an amount can never be admitted in this period: what is recorded as spent leaves no room for it. */
  excludes(amount: bigint): boolean {
    return this.entry.stop !== null && this.spent !== null && this.spent + this.taken(amount) > this.entry.stop
  }

  admits(amount: bigint): boolean {
    const { available } = this
    return available === null || available >= this.taken(amount)
  }

  /** What a request takes of it, in its own unit. */
  taken(amount: bigint): bigint {
    return this.entry.unit === 'calls' ? 1n : amount
  }

  reserve(amount: bigint, now: number): void {
    const taken = this.taken(amount)
    this.reserved += taken
    this.usedAt = now
    this.#demand += taken
    if (taken > this.#dearest) this.#dearest = taken
  }

  /** Ends a reservation with what it cost, or lets go of it; gives what is spent of it. */
  settle(amount: bigint, cost: bigint | null): bigint {
    this.reserved -= this.taken(amount)
    const spent = cost === null ? 0n : this.taken(cost)
    if (spent === 0n) return spent
    if (this.entry.stop !== null) this.held -= spent
    this.unshipped += spent
    this.#typical = this.#typical === 0n ? spent : (this.#typical * 7n + spent) / 8n
    return spent
  }

  /** What is known to be spent, by all replicas and here. */
  consumed(): bigint {
    return (this.spent ?? 0n) + this.unshipped
  }

  /** What is left of the limit, as far as is known here; never negative. */
  remaining(): bigint {
    const left = this.entry.document.limitNanoUsd - this.consumed()
    return left > 0n ? left : 0n
  }

  /** The strictest threshold reached, those that stop left out: the lease sees to them. */
  action(): BudgetAction | null {
    return actionAt(this.entry.milder, this.consumed())
  }

  /** How many requests a minute a budget that paces them admits; null: it does not. `maximum` is this request's. */
  requestsPerMinute(now: number, maximum: bigint): number | null {
    if (this.action() !== 'throttle') return null
    const cost = this.#typical > 0n ? this.#typical : maximum
    return Math.max(1, Math.floor(MINUTE_MS / paceMs(cost, this.remaining(), this.period.end - now)))
  }

  /**
   * What to ask for. With requests waiting, what is idle goes back first and the smallest of them is the need: so two
   * replicas that each hold half of it cannot block each other. What others want goes back, too, and so does all that
   * is held of a period that is over.
   */
  ask(waiting: readonly bigint[], now: number, over = false): LeaseAsk {
    this.#measure(now)
    if (this.entry.stop === null) return { claim: 0n, need: 0n, want: 0n }
    const target = leaseTarget(this.#demandPerSecond, this.#dearest)
    if (waiting.length > 0 || this.wanted || over) {
      if (this.held > this.reserved) this.held = this.reserved
      const { all, least } = sizesOf(waiting)
      if (waiting.length === 0) return this.#asking(0n, 0n)
      return this.#asking(least, all + target)
    }
    const available = this.held - this.reserved
    return this.#asking(0n, available * 2n < target ? target - available : 0n)
  }

  take(answer: LeaseAnswer): void {
    if (!answer.kept) this.held -= this.#heldAtAsk
    this.held += answer.granted
    this.spent = answer.spent
    this.wanted = answer.wanted
  }

  /** What of it a process that follows this one may go on with; null: nothing is known. */
  toHeld(): HeldLease | null {
    if (this.spent === null) return null
    const left = this.held - this.reserved
    return {
      budgetId: this.entry.id,
      start: this.period.start,
      end: this.period.end,
      held: left > 0n ? left : 0n,
      spent: this.consumed(),
    }
  }

  /** Goes on with what the process before held of the period, until Postgres can be asked. */
  recall({ held, spent }: HeldLease): void {
    this.spent = spent
    const { stop } = this.entry
    if (stop === null) return
    const room = stop > spent ? stop - spent : 0n
    this.held += held < room ? held : room
  }

  #asking(need: bigint, want: bigint): LeaseAsk {
    this.#heldAtAsk = this.held
    return { claim: this.held + this.unshipped, need, want }
  }

  #measure(now: number): void {
    const passed = now - this.#demandFrom
    if (passed < SECOND_MS) return
    const rate = (this.#demand * BigInt(SECOND_MS)) / BigInt(Math.round(passed))
    this.#demandPerSecond = rate > this.#demandPerSecond ? rate : (this.#demandPerSecond * 9n + rate) / 10n
    this.#demand = 0n
    this.#demandFrom = now
  }
}

function sizesOf(amounts: readonly bigint[]): { all: bigint; least: bigint } {
  let all = 0n
  let least = amounts[0] ?? 0n
  for (const amount of amounts) {
    all += amount
    if (amount < least) least = amount
  }
  return { all, least }
}
