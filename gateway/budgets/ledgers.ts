import { type Period, periodAt } from '#core/budgets/window.ts'
import type { BudgetEntry } from '#gateway/config/entries.ts'
import { BudgetLedger } from './budget-ledger.ts'
import type { HeldLease } from './held-leases.ts'

const IDLE_MS = 600_000

/** The ledgers of a replica: those of the periods in force, by budget, and those that are on their way out. */
export class Ledgers {
  readonly current = new Map<string, BudgetLedger>()
  /** Of periods that are over, or unused for long, until all of them is given back. */
  #past: BudgetLedger[] = []
  /** By budget, what the process before held: of use only until Postgres is heard. */
  readonly #inherited = new Map<string, HeldLease>()

  get size(): number {
    return this.current.size + this.#past.length
  }

  all(): BudgetLedger[] {
    return [...this.current.values(), ...this.#past]
  }

  /** The ledger of the period that a moment is in, made when it is first asked for; null: in none. */
  of(entry: BudgetEntry, date: number): BudgetLedger | null {
    const ledger = this.current.get(entry.id)
    if (ledger && date >= ledger.period.start && date < ledger.period.end && sameWindow(ledger.entry, entry)) {
      ledger.entry = entry
      return ledger
    }
    const period = periodAt(entry.document.window, date)
    if (ledger) {
      this.#past.push(ledger)
      this.current.delete(entry.id)
    }
    if (!period) return null
    const next = this.#unfinished(entry, period) ?? new BudgetLedger(entry, period, performance.now())
    this.current.set(entry.id, next)
    return next
  }

  /** Ledgers that nobody used for long give their lease back, and so do those of past periods when all is settled. */
  letGo(now: number, date: number): void {
    for (const [id, ledger] of this.current) {
      if (now - ledger.usedAt < IDLE_MS && date < ledger.period.end) continue
      this.current.delete(id)
      this.#past.push(ledger)
    }
    for (const ledger of this.#past) ledger.wanted = true
    this.#past = this.#past.filter(one => one.held > 0n || one.reserved > 0n || one.unshipped > 0n)
  }

  /** A budget that is no more limits nothing: whoever waits for it goes on. */
  forget(ledger: BudgetLedger): void {
    this.#past = this.#past.filter(one => one !== ledger)
    if (this.current.get(ledger.entry.id) === ledger) this.current.delete(ledger.entry.id)
    ledger.entry = { ...ledger.entry, stop: null }
  }

  /** Takes note of what the process before held; none: forgets it. */
  inherit(leases: readonly HeldLease[]): void {
    this.#inherited.clear()
    for (const lease of leases) this.#inherited.set(lease.budgetId, lease)
  }

  /** Lets ledgers that never heard of Postgres go on with what the process before held. */
  recall(): void {
    for (const ledger of this.current.values()) {
      const lease = this.#inherited.get(ledger.entry.id)
      if (!lease || ledger.spent !== null) continue
      this.#inherited.delete(lease.budgetId)
      if (lease.start === ledger.period.start && lease.end === ledger.period.end) ledger.recall(lease)
    }
  }

  /** What a process that follows this one may go on with while Postgres is away. */
  held(): HeldLease[] {
    const own = [...this.current.values()].flatMap(ledger => ledger.toHeld() ?? [])
    const known = new Set(own.map(({ budgetId }) => budgetId))
    return [...own, ...[...this.#inherited.values()].filter(({ budgetId }) => !known.has(budgetId))]
  }

  /**
   * The ledger of a period that was taken for over: a clock that went back, or a budget that is used again. Two ledgers
   * of one period would each give back what the other holds.
   */
  #unfinished(entry: BudgetEntry, { start, end }: Period): BudgetLedger | undefined {
    const is = ({ entry: { id }, period }: BudgetLedger) =>
      id === entry.id && period.start === start && period.end === end
    const ledger = this.#past.find(is)
    if (!ledger) return undefined
    this.#past = this.#past.filter(one => one !== ledger)
    ledger.entry = entry
    ledger.wanted = false
    ledger.usedAt = performance.now()
    return ledger
  }
}

function sameWindow(a: BudgetEntry, b: BudgetEntry): boolean {
  return a === b || JSON.stringify(a.document.window) === JSON.stringify(b.document.window)
}
