import { expect, test } from 'vitest'
import { chartCsv } from './chart-csv.ts'

test('writes a row a place, unknown as empty', () => {
  const points = [
    { at: '2026-11-20', values: { a: 1.5 } },
    { at: '2026-11-21', values: { a: null } },
  ]
  expect(chartCsv(points, [{ key: 'a', label: 'Spend, USD' }])).toBe('at,"Spend, USD"\r\n2026-11-20,1.5\r\n2026-11-21,')
})

test('text that looks like a formula is disarmed, a negative number stays a number', () => {
  const csv = chartCsv([{ at: '=cmd()', values: { a: -3 } }], [{ key: 'a', label: '@a' }])
  expect(csv).toBe("at,'@a\r\n'=cmd(),-3")
})
