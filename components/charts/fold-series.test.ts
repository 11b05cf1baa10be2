import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldSeries } from './fold-series.ts'

const series = 'abcdefg'.split('').map(key => ({ key, label: key.toUpperCase() }))

test('five or fewer stay as they are', () => {
  const points = [{ at: '1', values: { a: 1 } }]
  expect(foldSeries(points, series.slice(0, 5)).series).toEqual(series.slice(0, 5))
})

test('the largest four stay, the rest becomes one', () => {
  const points = [{ at: '1', values: { a: 1, b: 70, c: 60, d: 50, e: 40, f: 2, g: null } }]
  const folded = foldSeries(points, series)
  expect(folded.series.map(item => item.label)).toEqual(['B', 'C', 'D', 'E', 'Other (3)'])
  expect(folded.points[0]?.values.other).toBe(3)
})

test('unknown folded with unknown stays unknown', () => {
  const points = [
    { at: '1', values: { a: 9, b: 9, c: 9, d: 9, e: null, f: null, g: null } },
    { at: '2', values: { a: 9, b: 9, c: 9, d: 9, e: 1, f: 0, g: 0 } },
  ]
  expect(foldSeries(points, series).points.map(point => point.values.other)).toEqual([null, 1])
})

test('folding keeps the total', () => {
  const values = fc.record(Object.fromEntries(series.map(({ key }) => [key, fc.nat(1000)])))
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 20 }), rows => {
      const points = rows.map((row, index) => ({ at: String(index), values: row as Record<string, number> }))
      const folded = foldSeries(points, series)
      const total = (of: typeof folded) =>
        of.points.reduce((sum, point) => sum + of.series.reduce((s, { key }) => s + (point.values[key] ?? 0), 0), 0)
      expect(total(folded)).toBe(total({ points, series }))
    }),
  )
})
