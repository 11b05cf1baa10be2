import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelPositions } from './label-positions.ts'

test('labels that collide move apart, others stay', () => {
  expect(labelPositions([10, 12, 80], 14, 100)).toEqual([10, 24, 80])
  expect(labelPositions([100, 99], 14, 100)).toEqual([100, 86])
})

test('labels stay inside, in order and apart', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 5 }), wanted => {
      const placed = labelPositions(wanted, 14, 200)
      const sorted = placed.toSorted((a, b) => a - b)
      for (const position of placed) expect(position >= 0 && position <= 200).toBe(true)
      for (const [index, position] of sorted.slice(1).entries()) {
        expect(position - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9)
      }
    }),
  )
})
