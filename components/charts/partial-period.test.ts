import { expect, test } from 'vitest'
import { isPartialPeriod } from './partial-period.ts'

test.each([
  ['2026-11-21T00:00:00Z', 'day', '2026-11-21T10:31:00Z', true],
  ['2026-11-20T00:00:00Z', 'day', '2026-11-21T00:00:00Z', false],
  ['2026-02-01T00:00:00Z', 'month', '2026-02-28T23:59:59Z', true],
  ['2026-02-01T00:00:00Z', 'month', '2026-03-01T00:00:00Z', false],
  ['2026-11-21T10:00:00Z', 'hour', '2026-11-21T10:59:00Z', true],
  ['OpenAI', 'category', '2026-11-21T10:59:00Z', false],
] as const)('%s by %s at %s: %s', (start, bucket, asOf, partial) => {
  expect(isPartialPeriod(start, bucket, asOf)).toBe(partial)
})
