import { expect, test } from 'vitest'
import { DecayingAverage } from './decaying-average.ts'

test('follows what is measured now, keeps within what was measured, and is forgotten', () => {
  const average = new DecayingAverage(1_000)
  expect(average.value(0)).toBeNull()
  average.add(100, 0)
  expect(average.value(0)).toBe(100)
  for (let i = 0; i < 100; i++) average.add(300, 10)
  expect(average.value(10)).toBeGreaterThan(290)
  expect(average.value(10)).toBeLessThanOrEqual(300)
  average.add(900, 3_010)
  expect(average.value(3_010)).toBeGreaterThan(450)
  expect(average.value(100_000)).toBeNull()
})

test('time makes the past count less beside the next sample', () => {
  const [soon, late] = [new DecayingAverage(1_000), new DecayingAverage(1_000)]
  for (const average of [soon, late]) for (let i = 0; i < 5; i++) average.add(100, 0)
  soon.add(200, 0)
  late.add(200, 3_000)
  expect(late.value(3_000)).toBeGreaterThan(soon.value(0) ?? 0)
})
