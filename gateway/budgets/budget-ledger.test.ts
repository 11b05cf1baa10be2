import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leaseSlice } from '#core/budgets/lease.ts'
import { newId } from '#core/ids.ts'
import { type BudgetEntry, budgetEntry } from '#gateway/config/entries.ts'
import { BudgetLedger, type LeaseAnswer, type LeaseAsk } from './budget-ledger.ts'

const LIMIT = 10_000n
const START = Date.UTC(2026, 10, 1)
const PERIOD = { start: START, end: Date.UTC(2026, 11, 1) }

function entry(action: 'warn' | 'throttle' | 'stop', at = LIMIT): BudgetEntry {
  return budgetEntry(newId(), newId(), {
    name: 'Budget',
    scope: 'organization',
    target: null,
    window: { kind: 'month', timeZone: 'UTC' },
    limitNanoUsd: LIMIT,
    thresholds: [{ atNanoUsd: at, action }],
  })
}

/** The rules of `take_budget_lease` and of charging an event, as the database's own test holds them to. */
class Period {
  spent = 0n
  readonly left = new Map<number, bigint>()

  take(replica: number, { claim, need, want }: LeaseAsk): LeaseAnswer {
    const held = this.left.get(replica)
    const kept = held !== undefined
    this.left.set(replica, kept && held < claim ? held : kept ? claim : 0n)
    const granted = leaseSlice(LIMIT - this.spent - this.leased(), need, want)
    this.left.set(replica, (this.left.get(replica) ?? 0n) + granted)
    return { granted, spent: this.spent, wanted: granted === 0n && need > 0n, kept }
  }

  charge(replica: number, cost: bigint): void {
    const held = this.left.get(replica) ?? 0n
    this.left.set(replica, held > cost ? held - cost : 0n)
    this.spent += cost
  }

  leased(): bigint {
    return [...this.left.values()].reduce((sum, each) => sum + each, 0n)
  }
}

const amount = fc.bigInt({ min: 1n, max: 900n })
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('request' as const), replica: fc.nat({ max: 2 }), amount, used: fc.nat({ max: 100 }) }),
    fc.record({ do: fc.constantFrom('end' as const, 'ship' as const), replica: fc.nat({ max: 2 }) }),
    fc.record({
      do: fc.constantFrom('ask' as const, 'lost' as const, 'late' as const),
      replica: fc.nat({ max: 2 }),
      amount,
    }),
  ),
  { maxLength: 120 },
)

test('replicas that lose answers, ship late and settle meanwhile never spend past the limit together', () => {
  fc.assert(
    fc.property(steps, all => {
      const period = new Period()
      const replicas = [0, 1, 2].map(() => ({
        ledger: new BudgetLedger(entry('stop'), PERIOD, START),
        open: [] as { amount: bigint; cost: bigint }[],
        events: [] as bigint[],
      }))
      let spent = 0n
      const ship = (index: number, count = Number.POSITIVE_INFINITY) => {
        const { ledger, events } = replicas[index] as (typeof replicas)[number]
        for (const cost of events.splice(0, count)) {
          period.charge(index, cost)
          ledger.unshipped -= cost
        }
      }
      const end = (index: number) => {
        const { ledger, open, events } = replicas[index] as (typeof replicas)[number]
        const request = open.shift()
        if (!request) return
        ledger.settle(request.amount, request.cost)
        events.push(request.cost)
        spent += request.cost
      }
      for (const step of all) {
        const { ledger, open } = replicas[step.replica] as (typeof replicas)[number]
        if (step.do === 'end') end(step.replica)
        else if (step.do === 'ship') ship(step.replica)
        else if (step.do === 'request') {
          if (ledger.admits(step.amount)) {
            ledger.reserve(step.amount, START)
            open.push({ amount: step.amount, cost: (step.amount * BigInt(step.used)) / 100n })
          }
        } else {
          const ask = ledger.ask('amount' in step ? [step.amount] : [], START)
          // Meanwhile an answer ends, or its event arrives before the lease is taken.
          if (step.do === 'late') {
            end(step.replica)
            ship(step.replica, 1)
          }
          const answer = period.take(step.replica, ask)
          if (step.do !== 'lost') ledger.take(answer)
        }
        const reserved = replicas.reduce((sum, each) => sum + each.ledger.reserved, 0n)
        expect(spent + reserved).toBeLessThanOrEqual(LIMIT)
        expect(period.spent + period.leased()).toBeLessThanOrEqual(LIMIT)
      }
      for (const [index, { open }] of replicas.entries()) {
        while (open.length > 0) end(index)
        ship(index)
      }
      expect(period.spent).toBe(spent)
      // Nothing stays behind: what is not spent can be leased again.
      for (const [index, { ledger }] of replicas.entries()) {
        ledger.wanted = true
        ledger.take(period.take(index, ledger.ask([], START)))
      }
      expect(period.leased()).toBe(0n)
    }),
    { numRuns: 400 },
  )
})

test('a lease that ran out meanwhile is not held on to', () => {
  const ledger = new BudgetLedger(entry('stop'), PERIOD, START)
  ledger.take({ granted: 500n, spent: 0n, wanted: false, kept: true })
  ledger.ask([], START)
  ledger.take({ granted: 20n, spent: 0n, wanted: false, kept: false })
  expect(ledger.available).toBe(20n)
})

test('a paced budget spreads what is left over the rest of its period', () => {
  const ledger = new BudgetLedger(entry('throttle', 5_000n), PERIOD, START)
  ledger.take({ granted: 0n, spent: 4_999n, wanted: false, kept: true })
  expect(ledger.requestsPerMinute(START, 10n)).toBeNull()
  ledger.reserve(10n, START)
  ledger.settle(10n, 5n)
  expect(ledger.action()).toBe('throttle')
  expect(ledger.remaining()).toBe(4_996n)
  // Some thousand requests of 5 are left for a month, and for its last hour.
  expect(ledger.requestsPerMinute(START, 10n)).toBe(1)
  expect(ledger.requestsPerMinute(PERIOD.end - 3_600_000, 10n)).toBe(16)
})
