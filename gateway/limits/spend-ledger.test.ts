import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SpendLedger } from './spend-ledger.ts'

const NOON = Date.UTC(2026, 5, 1, 12)
const KEY = 'key'

type Step = { do: 'request' | 'ship' | 'refresh'; cost: bigint }

test('spent and reserved never pass the limit, however shipping and reading interleave', () => {
  const step = fc.record({
    do: fc.constantFrom('request', 'request', 'ship', 'refresh') as fc.Arbitrary<Step['do']>,
    cost: fc.bigInt({ min: 1n, max: 40n }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), steps => {
      const ledger = new SpendLedger()
      const limit = 300n
      const maximum = 40n
      let spent = 0n
      let durable = 0n
      const unshipped: bigint[] = []
      let queued = 0
      let shipped = 0
      for (const one of steps) {
        if (one.do === 'request' && ledger.reserve(KEY, limit, maximum, NOON).admitted) {
          ledger.release(KEY, maximum)
          ledger.settle(KEY, one.cost, ++queued, NOON)
          unshipped.push(one.cost)
          spent += one.cost
        } else if (one.do === 'ship' && unshipped.length > 0) {
          durable += unshipped.shift() ?? 0n
          ledger.shippedThrough(++shipped)
        } else if (one.do === 'refresh') {
          ledger.beginRefresh(NOON).finish(new Map([[KEY, durable]]))
        }
        expect(spent).toBeLessThanOrEqual(limit)
      }
      // Once all is shipped and read, exactly what was spent is gone.
      for (const cost of unshipped) durable += cost
      ledger.shippedThrough(queued)
      ledger.beginRefresh(NOON).finish(new Map([[KEY, durable]]))
      expect(ledger.reserve(KEY, limit, 1_000n, NOON)).toEqual({ admitted: false, left: limit - spent })
    }),
  )
})

test('a batch that commits while the durable spend is read is not lost', () => {
  const ledger = new SpendLedger()
  ledger.settle(KEY, 100n, 1, NOON)
  const refresh = ledger.beginRefresh(NOON)
  ledger.shippedThrough(1)
  refresh.finish(new Map())
  expect(ledger.reserve(KEY, 100n, 1n, NOON).admitted).toBe(false)
})

test('midnight UTC begins a new day, and keeps what is reserved', () => {
  const ledger = new SpendLedger()
  ledger.settle(KEY, 90n, 1, NOON)
  expect(ledger.reserve(KEY, 100n, 10n, NOON).admitted).toBe(true)
  const tomorrow = NOON + 86_400_000
  expect(ledger.reserve(KEY, 100n, 91n, tomorrow).admitted).toBe(false)
  expect(ledger.reserve(KEY, 100n, 90n, tomorrow).admitted).toBe(true)
})

test('what a predecessor left unshipped counts until it is shipped, and once', () => {
  const ledger = new SpendLedger()
  ledger.remember(new Map([[KEY, 50n]]), NOON)
  ledger.carry(KEY, 30n, NOON)
  const left = () => ledger.reserve(KEY, 100n, 101n, NOON).left
  expect(left()).toBe(20n)
  ledger.beginRefresh(NOON).finish(new Map([[KEY, 50n]]))
  expect(left()).toBe(20n)
  ledger.shippedThrough(0)
  ledger.beginRefresh(NOON).finish(new Map([[KEY, 80n]]))
  expect(left()).toBe(20n)
})
