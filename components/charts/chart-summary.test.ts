import { expect, test } from 'vitest'
import { chartSummary } from './chart-summary.ts'

const points = [
  { at: '2026-11-19T00:00:00Z', values: { calls: 312 } },
  { at: '2026-11-20T00:00:00Z', values: { calls: null } },
  { at: '2026-11-21T00:00:00Z', values: { calls: 90 }, partial: true },
]
const series = [{ key: 'calls', label: 'Calls' }]

test('says the last value, the peak and what is unknown', () => {
  expect(chartSummary({ points, series, unit: 'count', bucket: 'day' })).toBe(
    'Calls: 90 at 21 Nov so far, peak 312 at 19 Nov, 1 of 3 unknown.',
  )
})

test('says the forecast with its band', () => {
  const forecast = { series: 'calls', points: [{ at: '2026-11-30T00:00:00Z', value: 500, low: 450, high: 550 }] }
  expect(chartSummary({ points, series, unit: 'count', bucket: 'day', forecast })).toContain(
    'forecast 500 at 30 Nov, between 450 and 550',
  )
})

test('says when there is nothing', () => {
  expect(chartSummary({ points: [], series, unit: 'count', bucket: 'day' })).toBe('No data in this period.')
})
