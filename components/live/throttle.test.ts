import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throttle } from './throttle.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the first call runs at once, a burst becomes one more run', () => {
  let runs = 0
  const refresh = throttle(() => runs++, 1_000)
  refresh.call()
  expect(runs).toBe(1)
  for (let index = 0; index < 50; index++) refresh.call()
  expect(runs).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(runs).toBe(2)
  vi.advanceTimersByTime(10_000)
  expect(runs).toBe(2)
})

test('what was held runs when released, and cancelling forgets it', () => {
  let runs = 0
  const refresh = throttle(() => runs++, 1_000)
  refresh.hold()
  expect(refresh.isHeld()).toBe(true)
  expect(runs).toBe(0)
  refresh.release()
  expect(runs).toBe(1)
  refresh.call()
  refresh.cancel()
  vi.advanceTimersByTime(10_000)
  expect(runs).toBe(1)
})
