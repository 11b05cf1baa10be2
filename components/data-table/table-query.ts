/** What of a list the URL asks for; the same for page, CSV and saved views. */
export type TableQuery = {
  search: string
  sort: TableSort | null
  /** Where the page begins; null is the first page. */
  cursor: string | null
  /** Chosen values by filter key; a key without a choice is absent. */
  filters: Record<string, string[]>
}

export type TableSort = { column: string; descending: boolean }

export type TableQueryRules = {
  filters?: readonly string[]
  sortable?: readonly string[]
  defaultSort?: TableSort
}

/**
 * Reads the query of a page (`await searchParams`). What the rules do not name is ignored: an unknown filter, a sort
 * by a column that cannot be sorted.
 */
export function tableQueryOf(
  params: Record<string, string | string[] | undefined>,
  { filters = [], sortable = [], defaultSort }: TableQueryRules,
): TableQuery {
  const chosen = filters
    .map(key => [key, (one(params[key]) ?? '').split(',').filter(Boolean)] as const)
    .filter(([, values]) => values.length > 0)
  const sort = sortOf(one(params.sort) ?? '')
  return {
    search: (one(params.search) ?? '').trim().slice(0, 200),
    sort: sort && sortable.includes(sort.column) ? sort : (defaultSort ?? null),
    cursor: one(params.cursor) ?? null,
    filters: Object.fromEntries(chosen),
  }
}

/** Reads "-createdAt" as descending by createdAt; null for an empty text. */
export function sortOf(text: string): TableSort | null {
  if (text === '' || text === '-') return null
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false }
}

/** The text that `sortOf` reads back. */
export function sortText({ column, descending }: TableSort): string {
  return descending ? `-${column}` : column
}

/** The sort after one more press on a column's head: ascending, descending, then the default again. */
export function nextSort(current: TableSort | null, column: string): TableSort | null {
  if (current?.column !== column) return { column, descending: false }
  return current.descending ? null : { column, descending: true }
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
