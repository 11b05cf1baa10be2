import { expect, test } from 'vitest'
import { changesOf } from './audit-changes.ts'

test('tells what changed first and names nested fields by their path', () => {
  const changes = changesOf(
    { name: 'Search', keyBounds: { maxLifetimeDays: 365 }, costCentre: null },
    { name: 'Search', keyBounds: { maxLifetimeDays: 30 }, costCentre: 'CC-1' },
  )
  expect(changes).toEqual([
    { field: 'key bounds, max lifetime days', before: '365', after: '30', changed: true },
    { field: 'cost centre', before: 'none', after: 'CC-1', changed: true },
    { field: 'name', before: 'Search', after: 'Search', changed: false },
  ])
})

test('a field that one side lacks was added or taken away', () => {
  expect(changesOf(null, { roles: ['developer', 'auditor'] })).toEqual([
    { field: 'roles', before: null, after: 'developer, auditor', changed: true },
  ])
  expect(changesOf({ roles: [] }, null)).toEqual([{ field: 'roles', before: 'none', after: null, changed: true }])
})
