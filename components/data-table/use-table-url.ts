'use client'

import { debounce, type Options, parseAsArrayOf, parseAsString, useQueryStates } from 'nuqs'
import { useMemo, useState, useTransition } from 'react'
import { nextSort, sortOf, sortText, type TableSort } from './table-query.ts'

export type TableUrl = ReturnType<typeof useTableUrl>

const listParsers = { search: parseAsString, sort: parseAsString, cursor: parseAsString }

/** The list's state in the URL; every change asks the server anew and goes back to the first page. */
export function useTableUrl(filterKeys: readonly string[], defaultSort: TableSort | undefined) {
  const [pending, startTransition] = useTransition()
  const [list, setList] = useQueryStates(listParsers, { shallow: false, startTransition })
  const [filters, setFilters] = useQueryStates(useFilterParsers(filterKeys), { shallow: false, startTransition })
  const [trail, setTrail] = useState<readonly (string | null)[]>([])
  const [generation, setGeneration] = useState(0)
  const sort = sortOf(list.sort ?? '') ?? defaultSort ?? null

  function toFirstPage(change: { search?: string | null; sort?: string | null }, options?: Options) {
    setTrail([])
    return setList({ ...change, cursor: null }, options)
  }

  function toPage(cursor: string | null, newTrail: readonly (string | null)[]) {
    setTrail(newTrail)
    return setList({ cursor }, { history: 'push' })
  }

  return {
    pending,
    search: list.search ?? '',
    sort,
    cursor: list.cursor,
    filterValues: (key: string): string[] => filters[key] ?? [],
    filtered: Boolean(list.search) || filterKeys.some(key => (filters[key] ?? []).length > 0),
    setSearch: (text: string) => toFirstPage({ search: text || null }, { limitUrlUpdates: debounce(250) }),
    setFilter: (key: string, chosen: string[]) => {
      setFilters({ [key]: chosen.length > 0 ? chosen : null })
      return toFirstPage({})
    },
    toggleSort: (column: string) => {
      const next = nextSort(sort, column)
      return toFirstPage({ sort: next ? sortText(next) : null })
    },
    clear: () => {
      setGeneration(generation + 1)
      setFilters(null)
      return toFirstPage({ search: null })
    },
    /** Counts how often everything was cleared: the key of what holds text of its own. */
    generation,
    hasPrevious: trail.length > 0,
    first: () => toPage(null, []),
    next: (cursor: string) => toPage(cursor, [...trail, list.cursor]),
    previous: () => toPage(trail.at(-1) ?? null, trail.slice(0, -1)),
  }
}

function useFilterParsers(filterKeys: readonly string[]) {
  const keys = filterKeys.join()
  return useMemo(() => {
    const names = keys.split(',').filter(Boolean)
    return Object.fromEntries(names.map(key => [key, parseAsArrayOf(parseAsString)]))
  }, [keys])
}
