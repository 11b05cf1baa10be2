import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelledPlaces, placeLabel, valueTicks } from './ticks.ts'

test('ticks are round and reach the largest value', () => {
  expect(valueTicks(312)).toEqual([0, 100, 200, 300, 400])
  expect(valueTicks(49.1)).toEqual([0, 20, 40, 60])
  expect(valueTicks(0.9)).toEqual([0, 0.25, 0.5, 0.75, 1])
  expect(valueTicks(0)).toEqual([0, 1])
  expect(valueTicks(10, 4, 'count')).toEqual([0, 3, 6, 9, 12])
  expect(valueTicks(2, 4, 'count')).toEqual([0, 1, 2])
  const day = 86_400_000
  expect(valueTicks(5.4 * day, 4, 'ms')).toEqual([0, 2 * day, 4 * day, 6 * day])
  expect(valueTicks(320, 4, 'ms')).toEqual([0, 100, 200, 300, 400])
})

test('ticks start at zero, cover every value and stay few', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), largest => {
      const ticks = valueTicks(largest)
      expect(ticks[0]).toBe(0)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest * 0.999)
      expect(ticks.length).toBeLessThanOrEqual(6)
    }),
  )
})

test('days and groups are labelled evenly from the first', () => {
  const days = Array.from({ length: 30 }, (_, day) => new Date(Date.UTC(2026, 10, 1 + day)).toISOString())
  expect(labelledPlaces(days, 'day', 6)).toEqual([0, 5, 10, 15, 20, 25])
  expect(labelledPlaces(['a', 'b', 'c'], 'category', 6)).toEqual([0, 1, 2])
  expect(labelledPlaces([], 'day', 6)).toEqual([])
})

test('times are labelled at round hours', () => {
  const quarters = Array.from({ length: 97 }, (_, index) =>
    new Date(Date.UTC(2026, 10, 21, 0, index * 15)).toISOString(),
  )
  const labels = labelledPlaces(quarters, 'minute', 9).map(index => placeLabel(quarters[index] ?? '', 'minute'))
  expect(labels).toEqual(['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '00:00'])
})

test('a place is named by its bucket, in UTC', () => {
  const at = '2026-11-21T23:31:00Z'
  expect((['minute', 'day', 'month', 'category'] as const).map(bucket => placeLabel(at, bucket))).toEqual([
    '23:31',
    '21 Nov',
    'Nov 2026',
    at,
  ])
})
