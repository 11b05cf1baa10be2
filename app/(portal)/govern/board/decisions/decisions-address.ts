import { tableQueryOf } from '#components/data-table/table-query.ts'
import { ListDecisionsQuery } from '#lib/board/schema.ts'

/** Which decisions an address of the register asks for; what it gets wrong is left out. */
export function decisionsQuery(params: Record<string, string | string[] | undefined>, limit = 50): ListDecisionsQuery {
  const { search, cursor, filters } = tableQueryOf(params, { filters: ['outcome', 'kind', 'inForce'] })
  const wanted = {
    ...(search ? { search: search.slice(0, 100) } : {}),
    ...(cursor ? { cursor } : {}),
    ...Object.fromEntries(Object.entries(filters).map(([key, [value]]) => [key, value])),
  }
  const read = ListDecisionsQuery.safeParse({ ...wanted, limit })
  return read.success ? read.data : ListDecisionsQuery.parse({ limit })
}
