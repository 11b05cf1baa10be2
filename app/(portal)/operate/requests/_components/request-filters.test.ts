import { expect, test } from 'vitest'
import { requestFiltersOf, requestsCsvHref } from './request-filters.ts'

const now = Date.UTC(2026, 10, 21, 12)

test('shows a day, but a month of one record, unless the URL says otherwise', () => {
  expect(requestFiltersOf({}, now).range).toBe('24h')
  expect(requestFiltersOf({ key: 'k' }, now)).toMatchObject({
    range: '30d',
    list: { keyId: 'k' },
    chart: { keyId: 'k' },
  })
  expect(requestFiltersOf({ key: 'k', range: '1h' }, now).list.from).toBe('2026-11-21T11:00:00.000Z')
  expect(requestFiltersOf({ range: 'ever' }, now).range).toBe('24h')
})

test('tells when the list is narrower than the chart', () => {
  expect(requestFiltersOf({ team: 't', order: 'cost' }, now).beyondChart).toBe(false)
  expect(requestFiltersOf({ outcome: 'refused' }, now).beyondChart).toBe(true)
})

test('the export has the filters of the list, not its page', () => {
  const href = requestsCsvHref(requestFiltersOf({ status: '4xx', order: 'cost', cursor: 'c' }, now).list)
  expect(Object.fromEntries(new URL(href, 'http://localhost').searchParams)).toEqual({
    status: '4xx',
    from: '2026-11-20T12:00:00.000Z',
    sort: 'cost',
  })
})
