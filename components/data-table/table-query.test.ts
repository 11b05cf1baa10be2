import { describe, expect, test } from 'vitest'
import { nextSort, sortOf, sortText, tableQueryOf } from './table-query.ts'

const rules = { filters: ['state', 'team'], sortable: ['name'], defaultSort: { column: 'name', descending: false } }

describe('tableQueryOf', () => {
  test('reads search, sort, cursor and the filters it knows', () => {
    expect(
      tableQueryOf({ search: ' bot ', sort: '-name', cursor: 'abc', state: 'active,grace', other: 'x' }, rules),
    ).toEqual({
      search: 'bot',
      sort: { column: 'name', descending: true },
      cursor: 'abc',
      filters: { state: ['active', 'grace'] },
    })
  })
  test('a sort by another column falls back to the default', () => {
    expect(tableQueryOf({ sort: 'secret' }, rules).sort).toEqual(rules.defaultSort)
  })
  test('of a repeated parameter the first counts', () => {
    expect(tableQueryOf({ search: ['a', 'b'] }, rules).search).toBe('a')
  })
})

test('a head cycles through ascending, descending and the default', () => {
  const ascending = nextSort(null, 'name')
  const descending = nextSort(ascending, 'name')
  expect([ascending, descending, nextSort(descending, 'name')]).toEqual([
    { column: 'name', descending: false },
    { column: 'name', descending: true },
    null,
  ])
})

test('sort text comes back', () => {
  for (const sort of [
    { column: 'name', descending: true },
    { column: 'name', descending: false },
  ]) {
    expect(sortOf(sortText(sort))).toEqual(sort)
  }
  expect(sortOf('')).toBeNull()
})
