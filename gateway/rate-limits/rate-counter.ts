import { type RateWindow, WINDOW_PARTS } from '#core/rate-limits/rate-limit.ts'
import { emptyMs, SlidingCount, waitMs } from '#core/rate-limits/sliding-count.ts'

/** How long a request that finds every slot taken is told to wait. */
const SLOT_WAIT_MS = 1_000

/** A count that limits are kept by: what this replica added, and what it has heard of the others. */
export interface RateCounter {
  readonly key: string
  /** When it was last heard what the others added, on the process's monotonic clock; null: never. */
  heardAt: number | null
  /** What is counted now, on all replicas as far as is known here. */
  used(now: number): number
  /** What this replica has added and not told the others. */
  untold(now: number): number
  /** Adds an amount; the mark is needed to correct it. */
  take(amount: number, now: number): number
  /** Adds to what was taken under a mark; a negative amount gives back. */
  correct(mark: number, amount: number, now: number): void
  /** Milliseconds until at most so much is counted. */
  waitMs(most: number, now: number): number
  /** Milliseconds until nothing is counted, if nothing more comes. */
  emptyMs(now: number): number
  /** Begins to tell everything anew: what the others were told is lost. */
  forgetTold(): void
}

/** Counts requests or tokens in a window that slides. */
export class WindowCounter implements RateCounter {
  readonly key: string
  readonly windowMs: number
  heardAt: number | null = null
  readonly own: SlidingCount
  readonly others: SlidingCount
  /** Of `own`, what the others were told. */
  readonly told: SlidingCount

  constructor(key: string, window: RateWindow) {
    const shape = WINDOW_PARTS[window]
    this.key = key
    this.windowMs = shape.partMs * (shape.parts + 1)
    this.own = new SlidingCount(shape)
    this.others = new SlidingCount(shape)
    this.told = new SlidingCount(shape)
  }

  used(now: number): number {
    return this.own.sum(now) + this.others.sum(now)
  }

  untold(now: number): number {
    return this.own.sum(now) - this.told.sum(now)
  }

  take(amount: number, now: number): number {
    return this.own.add(amount, now)
  }

  correct(mark: number, amount: number, now: number): void {
    const { first } = this.own.held(now)
    if (mark >= first) this.own.put(mark, Math.max(0, this.own.amountOf(mark) + amount), now)
    else if (amount > 0) this.own.add(amount, now)
  }

  waitMs(most: number, now: number): number {
    return waitMs([this.own, this.others], most, now)
  }

  emptyMs(now: number): number {
    return emptyMs([this.own, this.others], now)
  }

  forgetTold(): void {
    this.told.clear()
    this.heardAt = null
  }

  /** Goes on by another clock: what was counted here moves to its present. */
  restart(before: number, now: number): void {
    const own = this.own.sum(before)
    for (const count of [this.own, this.others, this.told]) count.restart(now)
    this.own.add(own, now)
    this.heardAt = null
  }
}

/** Counts answers in progress. */
export class SlotCounter implements RateCounter {
  readonly key: string
  heardAt: number | null = null
  own = 0
  others = 0
  told = 0

  constructor(key: string) {
    this.key = key
  }

  used(): number {
    return this.own + this.others
  }

  untold(): number {
    return this.own - this.told
  }

  take(amount: number): number {
    this.own += amount
    return 0
  }

  correct(_mark: number, amount: number): void {
    this.own += amount
  }

  waitMs(most: number): number {
    return this.used() > most ? SLOT_WAIT_MS : 0
  }

  emptyMs(): number {
    return this.waitMs(0)
  }

  forgetTold(): void {
    this.told = 0
    this.heardAt = null
  }
}
