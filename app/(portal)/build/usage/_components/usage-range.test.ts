import { describe, expect, test } from 'vitest'
import { usageRangeOf } from './usage-range.ts'

const now = Date.parse('2026-11-21T10:31:00Z')

describe('the period in the address', () => {
  test.each([
    ['24h', '2026-11-20T10:31:00.000Z', 'hour'],
    ['7d', '2026-11-14T10:31:00.000Z', 'day'],
    ['90d', '2026-08-23T10:31:00.000Z', 'day'],
    ['month', '2026-11-01T00:00:00.000Z', 'day'],
  ])('%s begins at %s and is divided by the %s', (range, from, interval) => {
    expect(usageRangeOf({ range }, now)).toMatchObject({ name: range, from, to: '2026-11-21T10:31:00.000Z', interval })
  })

  test('two days of one’s own, the last one included', () => {
    expect(usageRangeOf({ from: '2026-11-01', to: '2026-11-07' }, now)).toEqual({
      name: 'custom',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-08T00:00:00.000Z',
      interval: 'day',
      words: '1 Nov 2026 to 7 Nov 2026',
    })
  })

  test('never reaches beyond now', () => {
    expect(usageRangeOf({ from: '2026-11-21', to: '2026-12-31' }, now)).toMatchObject({
      to: '2026-11-21T10:31:00.000Z',
      interval: 'hour',
    })
  })

  test.each([
    [{}],
    [{ range: 'forever' }],
    [{ from: '2026-02-31x' }],
    [{ from: '2026-11-20', to: '2026-11-01' }],
    [{ from: '2020-01-01', to: '2026-11-01' }],
    [{ from: '2027-01-01' }],
  ])('what cannot be read is 30 days: %o', params => {
    expect(usageRangeOf(params, now)).toMatchObject({ name: '30d', words: 'the last 30 days' })
  })
})
