import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freshUntil, lastOccasion, nextOccasion } from './drill-occasions.ts'
import { DRILL_INTERVALS } from './schema.ts'

const at = (text: string) => new Date(`${text}:00Z`)

describe('occasions', () => {
  test.each([
    ['week', '2026-11-21T05:00', '2026-11-16T03:00', '2026-11-23T03:00'],
    ['week', '2026-11-23T02:59', '2026-11-16T03:00', '2026-11-23T03:00'],
    ['week', '2026-11-23T03:00', '2026-11-23T03:00', '2026-11-30T03:00'],
    ['month', '2026-01-01T02:00', '2025-12-01T03:00', '2026-01-01T03:00'],
    ['month', '2026-12-31T23:00', '2026-12-01T03:00', '2027-01-01T03:00'],
    ['quarter', '2026-11-21T05:00', '2026-10-01T03:00', '2027-01-01T03:00'],
    ['quarter', '2026-01-01T01:00', '2025-10-01T03:00', '2026-01-01T03:00'],
  ] as const)('every %s, at %s: after %s comes %s', (every, now, last, next) => {
    expect(lastOccasion({ every, hour: 3 }, at(now))).toEqual(at(last))
    expect(nextOccasion({ every, hour: 3 }, at(now))).toEqual(at(next))
  })

  test('follow each other without a gap', () => {
    const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) })
    fc.assert(
      fc.property(
        fc.constantFrom(...DRILL_INTERVALS),
        fc.integer({ min: 0, max: 23 }),
        moments,
        (every, hour, time) => {
          const now = new Date(time)
          const last = lastOccasion({ every, hour }, now)
          const next = nextOccasion({ every, hour }, now)
          expect(last.getTime()).toBeLessThanOrEqual(time)
          expect(next.getTime()).toBeGreaterThan(time)
          expect(nextOccasion({ every, hour }, last)).toEqual(next)
        },
      ),
    )
  })
})

test('findings are fresh until a week after the next occasion', () => {
  expect(freshUntil({ every: 'month', hour: 3 }, at('2026-11-21T05:00'))).toEqual(at('2026-12-08T03:00'))
})
