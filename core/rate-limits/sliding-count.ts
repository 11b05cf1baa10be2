/**
 * The sum of what was added in a window that slides, counted in parts of time: what was added in one part leaves
 * together, a window's length after the last of it came. So it covers at least the window's length whenever it is read,
 * a limit kept by it holds in every stretch of that length, and what is full is so for no longer. Times are milliseconds
 * of any clock that never goes back.
 */
export class SlidingCount {
  readonly partMs: number
  readonly parts: number
  readonly windowMs: number
  readonly #amounts: Float64Array
  /** When the last of each part came. */
  readonly #times: Float64Array
  #newest = 0
  #sum = 0

  constructor({ partMs, parts }: { partMs: number; parts: number }) {
    this.partMs = partMs
    this.parts = parts
    this.windowMs = partMs * parts
    this.#amounts = new Float64Array(parts + 1)
    this.#times = new Float64Array(parts + 1)
  }

  /** The number of the part that a time lies in. */
  partAt(now: number): number {
    return Math.floor(now / this.partMs)
  }

  /** What the window holds. */
  sum(now: number): number {
    this.#advance(now)
    return this.#sum
  }

  /** The parts that the window holds, oldest first. */
  held(now: number): { first: number; last: number } {
    this.#advance(now)
    return { first: this.#newest - this.parts, last: this.#newest }
  }

  /** What one part holds; 0 when it has left the window, or has not begun. */
  amountOf(part: number): number {
    return this.#holds(part) ? (this.#amounts[this.#at(part)] ?? 0) : 0
  }

  /** Adds to the present part and returns its number. */
  add(amount: number, now: number): number {
    this.#advance(now)
    const at = this.#at(this.#newest)
    this.#amounts[at] = (this.#amounts[at] ?? 0) + amount
    this.#times[at] = now
    this.#sum += amount
    return this.#newest
  }

  /** When what one part holds leaves the window; it must hold something. */
  leavesAt(part: number): number {
    return (this.#times[this.#at(part)] ?? 0) + this.windowMs
  }

  /** Makes one part hold an amount, unless it has left the window. What is more than before came at `now` at the latest. */
  put(part: number, amount: number, now: number): void {
    if (!this.#holds(part)) return
    const at = this.#at(part)
    const before = this.#amounts[at] ?? 0
    this.#sum += amount - before
    this.#amounts[at] = amount
    if (amount > before) {
      const latest = Math.min(now, (part + 1) * this.partMs)
      this.#times[at] = before > 0 ? Math.max(this.#times[at] ?? 0, latest) : latest
    }
  }

  clear(): void {
    this.#amounts.fill(0)
    this.#sum = 0
  }

  /** Forgets everything, and goes on from another clock. */
  restart(now: number): void {
    this.clear()
    this.#newest = this.partAt(now)
  }

  #advance(now: number): void {
    this.#enter(this.partAt(now))
    if (this.#sum === 0) return
    const oldest = this.#at(this.#newest - this.parts)
    if ((this.#times[oldest] ?? 0) > now - this.windowMs) return
    this.#sum -= this.#amounts[oldest] ?? 0
    this.#amounts[oldest] = 0
  }

  #enter(part: number): void {
    const passed = part - this.#newest
    if (passed <= 0) return
    this.#newest = part
    if (this.#sum === 0) return
    if (passed > this.parts) {
      this.clear()
      return
    }
    for (let entered = part - passed + 1; entered <= part; entered++) {
      const at = this.#at(entered)
      this.#sum -= this.#amounts[at] ?? 0
      this.#amounts[at] = 0
    }
  }

  #holds(part: number): boolean {
    return part <= this.#newest && part >= this.#newest - this.parts
  }

  #at(part: number): number {
    const size = this.parts + 1
    return ((part % size) + size) % size
  }
}

/** Milliseconds until windows of one shape hold nothing; 0: they do now. */
export function emptyMs(counts: readonly SlidingCount[], now: number): number {
  let most = 0
  for (const count of counts) {
    if (count.sum(now) === 0) continue
    const { first, last } = count.held(now)
    let part = last
    while (part > first && count.amountOf(part) === 0) part--
    most = Math.max(most, count.leavesAt(part) - now)
  }
  return most
}

/** Milliseconds until windows of one shape hold at most so much together; 0: they do now. */
export function waitMs(counts: readonly SlidingCount[], most: number, now: number): number {
  const [shape] = counts
  if (!shape) return 0
  let sum = counts.reduce((all, count) => all + count.sum(now), 0)
  const { first, last } = shape.held(now)
  for (let part = first; part <= last && sum > most; part++) {
    const holding = counts.filter(count => count.amountOf(part) > 0)
    sum -= holding.reduce((all, count) => all + count.amountOf(part), 0)
    if (sum <= most) return Math.max(...holding.map(count => count.leavesAt(part))) - now
  }
  return 0
}
