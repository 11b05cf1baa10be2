import { BUDGET_SUBJECT_FIELDS, type BudgetSubject, covers } from '#core/budgets/budget.ts'
import type { BudgetEntry } from '#gateway/config/entries.ts'
import type { Organization } from '#gateway/config/organization.ts'
import { errorFields, type Log } from '#gateway/log.ts'
import type { BudgetLedger } from './budget-ledger.ts'
import type { HeldLease } from './held-leases.ts'
import type { LeaseStore } from './lease-store.ts'
import { Ledgers } from './ledgers.ts'

const TICK_MS = 250
const SLOW_TICK_MS = 1_000
const MANY = 50
/** Between two tries when nothing was free. */
const PAUSE_MS = 40

/** What a request holds of every budget that covers it. */
export interface BudgetReservation {
  readonly ledgers: readonly BudgetLedger[]
  readonly amount: bigint
}

/** Why a request was not admitted, and by which budget. */
export interface BudgetBlock {
  /** spent: the period has no room; reserved: answers in progress hold it; away: Postgres cannot be asked. */
  readonly why: 'spent' | 'reserved' | 'away'
  readonly ledger: BudgetLedger
}

interface Waiter extends BudgetReservation {
  readonly deadline: number
  readonly resolve: (block: BudgetBlock | null) => void
}

/** A replica's leases of all budgets: reserves in memory, all or nothing, and keeps the leases filled. */
export class BudgetBook {
  /** Whether the last word with Postgres was heard. */
  connected = true
  readonly #store: LeaseStore
  readonly #log: Log
  readonly #waitMs: number
  readonly #ledgers = new Ledgers()
  #waiters: Waiter[] = []
  #settled: { ledger: BudgetLedger; cost: bigint; position: number }[] = []
  #running: Promise<void> | null = null
  #again: NodeJS.Timeout | undefined
  #tick: NodeJS.Timeout | undefined
  #askedAt = 0
  #stopped = false

  constructor(store: LeaseStore, waitMs: number, log: Log) {
    this.#store = store
    this.#waitMs = waitMs
    this.#log = log
  }

  start(): void {
    this.#tick = setInterval(() => {
      const pause = this.#ledgers.size > MANY ? SLOW_TICK_MS : TICK_MS
      if (this.#ledgers.size > 0 && performance.now() - this.#askedAt >= pause - 20) this.#askNow()
    }, TICK_MS)
  }

  /** The ledgers of every budget that covers a request at a moment, and of the limit that its key has of its own. */
  find(organization: Organization, subject: BudgetSubject, own: BudgetEntry | null, now: number): BudgetLedger[] {
    const found: BudgetLedger[] = []
    const ownLedger = own && this.#ledgers.of(own, now)
    if (ownLedger) found.push(ownLedger)
    if (organization.budgets.size === 0) return found
    this.#addCovering(found, organization.budgetsByTarget.get(null), null, subject, now)
    for (const field of BUDGET_SUBJECT_FIELDS) {
      const target = subject[field]
      if (target !== null) {
        this.#addCovering(found, organization.budgetsByTarget.get(target), target, subject, now)
      }
    }
    return found
  }

  #addCovering(
    found: BudgetLedger[],
    entries: readonly BudgetEntry[] | undefined,
    target: string | null,
    subject: BudgetSubject,
    now: number,
  ): void {
    if (!entries) return
    for (const entry of entries) {
      if (!covers(entry.document.scope, target, subject)) continue
      const ledger = this.#ledgers.of(entry, now)
      if (ledger && !found.includes(ledger)) found.push(ledger)
    }
  }

  /** Reserves an amount in all ledgers or in none; false: something has to be asked for first. */
  reserve({ ledgers, amount }: BudgetReservation): boolean {
    for (const ledger of ledgers) if (!ledger.admits(amount)) return false
    const now = performance.now()
    for (const ledger of ledgers) ledger.reserve(amount, now)
    return true
  }

  /** The first ledger whose period has no room for an amount, whatever is asked for. */
  excluding({ ledgers, amount }: BudgetReservation): BudgetLedger | undefined {
    return ledgers.find(ledger => ledger.excludes(amount))
  }

  /** Asks for what a request lacks and waits for it, a bounded time. Resolves to null when it is reserved. */
  waitFor({ ledgers, amount }: BudgetReservation): Promise<BudgetBlock | null> {
    return new Promise(resolve => {
      this.#waiters.push({ ledgers, amount, resolve, deadline: performance.now() + this.#waitMs })
      this.#askNow()
    })
  }

  /**
   * Ends a reservation with what it cost, or lets go of it when that is null; `position` is the number of the event that
   * says so.
   */
  settle({ ledgers, amount }: BudgetReservation, cost: bigint | null, position: number): void {
    for (const ledger of ledgers) {
      const spent = ledger.settle(amount, cost)
      if (spent > 0n) this.#settled.push({ ledger, cost: spent, position })
    }
    if (this.#waiters.length > 0) this.#pump()
  }

  /** Notes that Postgres has this process's events up to a position. */
  shippedThrough(position: number): void {
    let count = 0
    for (const { ledger, cost, position: at } of this.#settled) {
      if (at > position) break
      ledger.unshipped -= cost
      count++
    }
    if (count > 0) this.#settled.splice(0, count)
  }

  /** Stops asking; gives the leases back when every event is shipped, or leaves them to their expiry. */
  async stop(shipped: boolean): Promise<void> {
    this.#stopped = true
    clearInterval(this.#tick)
    clearTimeout(this.#again)
    await this.#running
    // Without a ledger something may be held in Postgres all the same: an answer that never arrived granted it.
    if (!shipped || this.#askedAt === 0) return
    await this.#store.returnAll().catch(error => this.#log.warn({ error: errorFields(error) }, 'leases not returned'))
  }

  /** Ledgers of the periods in force. */
  ledgers(): Iterable<BudgetLedger> {
    return this.#ledgers.current.values()
  }

  /** The ledger of a budget's period at a moment; null outside a fixed period. */
  ledgerOf(entry: BudgetEntry, now: number): BudgetLedger | null {
    return this.#ledgers.of(entry, now)
  }

  /** Takes note of what the process before held, for budgets that Postgres cannot be asked for; none: forget it. */
  inherit(leases: readonly HeldLease[]): void {
    this.#ledgers.inherit(leases)
  }

  /** What a process that follows this one may go on with while Postgres is away. */
  held(): HeldLease[] {
    return this.#ledgers.held()
  }

  #askNow(): void {
    if (this.#stopped || this.#running) return
    clearTimeout(this.#again)
    this.#askedAt = performance.now()
    this.#running = this.#ask().finally(() => {
      this.#running = null
      if (this.#waiters.length > 0 && !this.#stopped) this.#again = setTimeout(() => this.#askNow(), this.#pause)
    })
  }

  #pause = PAUSE_MS

  async #ask(): Promise<void> {
    const [now, date] = [performance.now(), Date.now()]
    this.#ledgers.letGo(now, date)
    const ledgers = this.#ledgers.all()
    const asks = ledgers.map(ledger => ({
      ledger,
      ...ledger.ask(this.#waitingFor(ledger), now, date >= ledger.period.end),
    }))
    let granted = false
    try {
      const answers = await this.#store.take(asks)
      this.connected = true
      this.#ledgers.inherit([])
      for (const [index, { ledger }] of asks.entries()) {
        const answer = answers[index]
        if (answer) ledger.take(answer)
        else this.#ledgers.forget(ledger)
        if (answer && answer.granted > 0n) granted = true
      }
    } catch (error) {
      if (this.connected) this.#log.warn({ error: errorFields(error) }, 'budget leases cannot be renewed')
      this.connected = false
      this.#ledgers.recall()
    }
    this.#pause = granted ? 0 : PAUSE_MS
    this.#pump()
  }

  #waitingFor(ledger: BudgetLedger): bigint[] {
    return this.#waiters.filter(waiter => waiter.ledgers.includes(ledger)).map(waiter => ledger.taken(waiter.amount))
  }

  /** Admits who can be admitted, in the order they came; refuses who never can be, or has waited long enough. */
  #pump(): void {
    const now = performance.now()
    this.#waiters = this.#waiters.filter(waiter => {
      const excluding = this.excluding(waiter)
      if (excluding) waiter.resolve({ why: 'spent', ledger: excluding })
      else if (this.reserve(waiter)) waiter.resolve(null)
      else if (now < waiter.deadline && this.connected) return true
      else {
        const ledger = waiter.ledgers.find(one => !one.admits(waiter.amount)) as BudgetLedger
        waiter.resolve({ why: this.connected ? 'reserved' : 'away', ledger })
      }
      return false
    })
  }
}
