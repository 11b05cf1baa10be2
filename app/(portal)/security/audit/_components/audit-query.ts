import { tableQueryOf } from '#components/data-table/table-query.ts'
import { ListAuditQuery } from '#lib/audit-log/schema.ts'

const DAY_MS = 86_400_000

type Params = Record<string, string | string[] | undefined>

/** Reads the log's URL; what does not fit the query's schema is left out. */
export function auditQueryOf(params: Params, now: number): ListAuditQuery {
  const keys = ['actor', 'kind', 'action', 'subject', 'id', 'period']
  const { search, cursor, filters } = tableQueryOf(params, { filters: keys })
  const days = Number(filters.period?.[0] ?? 0)
  const parsed = ListAuditQuery.safeParse({
    ...(filters.actor ? { actorId: filters.actor[0] } : {}),
    ...(filters.kind ? { actorKind: filters.kind[0] } : {}),
    ...(filters.action ? { action: filters.action[0] } : {}),
    ...(filters.subject ? { subjectKind: filters.subject[0] } : {}),
    ...(filters.id ? { subjectId: filters.id[0] } : {}),
    ...(days > 0 ? { from: new Date(now - days * DAY_MS).toISOString() } : {}),
    ...(search ? { search } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return parsed.success ? parsed.data : ListAuditQuery.parse({})
}
