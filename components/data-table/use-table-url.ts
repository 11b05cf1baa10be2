'use client'

import { debounce, parseAsArrayOf, parseAsString, useQueryStates } from 'nuqs'
import { useMemo, useState, useTransition } from 'react'
import { nextSort, sortOf, sortText, type TableSort } from './table-query.ts'

export type TableUrl = ReturnType<typeof useTableUrl>

/** The list's state in the URL; every change asks the server anew and goes back to the first page. */
export function useTableUrl(filterKeys: readonly string[], defaultSort: TableSort | undefined) {
  const [pending, startTransition] = useTransition()
  const [trail, setTrail] = useState<readonly (string | null)[]>([])
  const keys = filterKeys.join()
  const parsers = useMemo(() => {
    const filters = keys.split(',').filter(Boolean)
    return {
      search: parseAsString,
      sort: parseAsString,
      cursor: parseAsString,
      ...Object.fromEntries(filters.map(key => [`filter:${key}`, parseAsArrayOf(parseAsString)] as const)),
    }
  }, [keys])
  const urlKeys = useMemo(
    () =>
      Object.fromEntries(
        keys
          .split(',')
          .filter(Boolean)
          .map(key => [`filter:${key}`, key] as const),
      ),
    [keys],
  )
  const [state, setState] = useQueryStates(parsers, { shallow: false, startTransition, urlKeys })
  const values = state as { search: string | null; sort: string | null; cursor: string | null } & Record<
    string,
    unknown
  >
  const sort = sortOf(values.sort ?? '') ?? defaultSort ?? null

  function toFirstPage(change: Record<string, unknown>, options?: Parameters<typeof setState>[1]) {
    setTrail([])
    return setState({ ...change, cursor: null } as Parameters<typeof setState>[0], options)
  }

  return {
    pending,
    search: values.search ?? '',
    sort,
    cursor: values.cursor,
    filterValues: (key: string) => (values[`filter:${key}`] ?? []) as string[],
    setFilter: (key: string, chosen: string[]) => toFirstPage({ [`filter:${key}`]: chosen.length > 0 ? chosen : null }),
    setSearch: (text: string) => toFirstPage({ search: text || null }, { limitUrlUpdates: debounce(250) }),
    toggleSort: (column: string) => {
      const next = nextSort(sort, column)
      return toFirstPage({ sort: next ? sortText(next) : null })
    },
    clear: () => toFirstPage(Object.fromEntries(Object.keys(parsers).map(key => [key, null]))),
    filtered:
      Boolean(values.search) || filterKeys.some(key => ((values[`filter:${key}`] ?? []) as string[]).length > 0),
    hasPrevious: trail.length > 0,
    next: (cursor: string) => {
      setTrail([...trail, values.cursor])
      return setState({ cursor } as Parameters<typeof setState>[0], { history: 'push' })
    },
    previous: () => {
      setTrail(trail.slice(0, -1))
      return setState({ cursor: trail.at(-1) ?? null } as Parameters<typeof setState>[0], { history: 'push' })
    },
    first: () => toFirstPage({}, { history: 'push' }),
  }
}
