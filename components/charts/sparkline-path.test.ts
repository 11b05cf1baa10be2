import { expect, test } from 'vitest'
import { sparklinePath } from './sparkline-path.ts'

test('runs from the smallest to the largest value', () => {
  expect(sparklinePath([0, 5, 10], 20, 10)).toBe('M0 10L10 5L20 0')
})

test('breaks at unknown values, and a flat line lies in the middle', () => {
  expect(sparklinePath([1, null, 1, 1], 30, 10)).toBe('M0 5M20 5L30 5')
  expect(sparklinePath([null], 30, 10)).toBe('')
})
