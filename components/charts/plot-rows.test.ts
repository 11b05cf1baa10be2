import { expect, test } from 'vitest'
import { plotRows } from './plot-rows.ts'

const points = [
  { at: '1', values: { spend: 10, plan: 9 } },
  { at: '2', values: { spend: null, plan: 18 } },
]

test('without a forecast the points stay, unknown stays null', () => {
  expect(plotRows(points).map(row => row.values.spend)).toEqual([10, null])
})

test('the forecast starts at the last known value and fills places that are already there', () => {
  const rows = plotRows(points, {
    series: 'spend',
    points: [
      { at: '2', value: 20, low: 18, high: 22 },
      { at: '3', value: 30, low: 25, high: 35 },
    ],
  })
  expect(rows.map(row => [row.at, row.forecast, row.band])).toEqual([
    ['1', 10, [10, 10]],
    ['2', 20, [18, 22]],
    ['3', 30, [25, 35]],
  ])
})
