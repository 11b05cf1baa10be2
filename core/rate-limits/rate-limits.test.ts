import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countedFor, RATE_WINDOWS, type RateSubject, WINDOW_PARTS } from './rate-limit.ts'
import { SlidingCount, waitMs } from './sliding-count.ts'

const steps = fc.array(
  fc.record({ wait: fc.integer({ min: 0, max: 20_000 }), amount: fc.integer({ min: 1, max: 9 }) }),
  {
    maxLength: 300,
  },
)

test.each(RATE_WINDOWS)(
  'no stretch of a %s ever holds more than the limit, and what is counted is at most a part older',
  name => {
    const shape = WINDOW_PARTS[name]
    const windowMs = shape.partMs * shape.parts
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 120 }), steps, (limit, all) => {
        const count = new SlidingCount(shape)
        const admitted: { at: number; amount: number }[] = []
        const sumSince = (from: number) =>
          admitted.filter(({ at }) => at > from).reduce((sum, { amount }) => sum + amount, 0)
        let now = 5_000
        for (const { wait: pause, amount } of all) {
          now += Math.round((pause * windowMs) / 60_000)
          const sum = count.sum(now)
          expect(sum).toBeGreaterThanOrEqual(sumSince(now - windowMs))
          expect(sum).toBeLessThanOrEqual(sumSince(now - windowMs - shape.partMs - 1))
          const wait = waitMs([count], limit - amount, now)
          expect(wait > 0).toBe(sum + amount > limit)
          if (wait > 0) {
            // The wait is exact: no room comes before it, and then there is.
            now += wait
            expect(wait).toBeLessThanOrEqual(windowMs)
            expect(count.sum(now - 0.001)).toBeGreaterThan(limit - amount)
            expect(count.sum(now)).toBeLessThanOrEqual(limit - amount)
            continue
          }
          count.add(amount, now)
          admitted.push({ at: now, amount })
          expect(sumSince(now - windowMs)).toBeLessThanOrEqual(limit)
        }
      }),
      { numRuns: 150 },
    )
  },
)

test('a part can be corrected while the window holds it', () => {
  const count = new SlidingCount({ partMs: 10, parts: 3 })
  const part = count.add(100, 5)
  count.put(part, 40, 6)
  expect(count.sum(34)).toBe(40)
  expect(count.sum(40)).toBe(0)
  count.put(part, 70, 40)
  expect(count.sum(40)).toBe(0)
})

test('what others added leaves a window after it was heard of, or after its part has ended', () => {
  const count = new SlidingCount({ partMs: 10, parts: 3 })
  expect(count.sum(14)).toBe(0)
  count.put(1, 5, 14)
  expect(waitMs([count], 0, 14)).toBe(30)
  expect(count.sum(25)).toBe(5)
  count.put(1, 6, 25)
  expect(waitMs([count], 0, 25)).toBe(25)
  expect([count.sum(49), count.sum(50)]).toEqual([6, 0])
})

test.each([
  ['organization', null, 'o'],
  ['key', null, 'k'],
  ['key', 'k', 'k'],
  ['key', 'other', null],
  ['person', null, null],
  ['model', 'm', 'm'],
] as const)('a limit of scope %s and target %s counts for %s', (scope, target, id) => {
  const subject: RateSubject = {
    organizationId: 'o',
    teamId: 't',
    personId: null,
    keyId: 'k',
    agentId: null,
    modelId: 'm',
  }
  expect(countedFor(scope, target, subject)).toBe(id)
})
