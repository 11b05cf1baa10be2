import { describe, expect, test } from 'vitest'
import type { UsagePoint, UsageSeriesDto } from '#lib/usage/queries.ts'
import { latencyPoints, measurePoints, usagePoints, usageSeriesLabels } from './usage-points.ts'

const point = (requests: number, partial = false) => ({ requests, partial }) as UsagePoint
const dto: UsageSeriesDto = {
  from: '2026-11-20T00:00:00Z',
  to: '2026-11-22T00:00:00Z',
  timeZone: 'UTC',
  interval: 'day',
  asOf: '2026-11-21T10:00:00Z',
  buckets: ['2026-11-20', '2026-11-21'],
  series: [
    { key: 'a', label: 'A', values: [point(3), point(1, true)] },
    { key: null, label: 'All others', values: [null, point(0, true)] },
  ],
}

describe('usage as chart points', () => {
  test('what is unknown stays a gap and a zero stays a zero', () => {
    expect(usagePoints(dto, each => each.requests)).toEqual([
      { at: '2026-11-20T00:00:00Z', values: { a: 3, 'series-1': null } },
      { at: '2026-11-21T00:00:00Z', values: { a: 1, 'series-1': 0 }, partial: true },
    ])
    expect(usageSeriesLabels(dto)).toEqual([
      { key: 'a', label: 'A' },
      { key: 'series-1', label: 'All others' },
    ])
  })

  test('measures of one series stand side by side', () => {
    expect(measurePoints(dto, { twice: each => each.requests * 2 })[1]).toEqual({
      at: '2026-11-21T00:00:00Z',
      values: { twice: 2 },
      partial: true,
    })
  })

  test('a day without answers has no latency', () => {
    const points = latencyPoints({
      timeZone: 'UTC',
      interval: 'hour',
      asOf: '',
      buckets: ['2026-11-20T01:00:00Z'],
      values: [null],
    })
    expect(points).toEqual([{ at: '2026-11-20T01:00:00Z', values: { p50: null, p95: null, p99: null } }])
  })
})
