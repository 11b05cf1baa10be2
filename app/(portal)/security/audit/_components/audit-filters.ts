import { tableQueryOf } from '#components/data-table/table-query.ts'
import { ListAuditQuery } from '#lib/audit-log/schema.ts'

const DAY_MS = 86_400_000

/** The periods of the log, by their word in the URL. */
export const PERIODS = { '1': 'Last 24 hours', '7': 'Last 7 days', '30': 'Last 30 days', '90': 'Last 90 days' } as const

/** Nouns of the actions that the filter offers: the first part of `key.issued`. */
export const ACTION_NOUNS = {
  key: 'API keys',
  person: 'People',
  team: 'Teams',
  membership: 'Memberships',
  group_mapping: 'Group mappings',
  sign_in: 'Sign-ins',
  sign_in_link: 'Sign-in links',
  provider: 'Providers',
  model: 'Models',
  service_token: 'Service tokens',
  organization: 'Organization',
  audit: 'Audit log',
  saved_view: 'Saved views',
} as const

export const ACTOR_KINDS = {
  person: 'Person',
  serviceToken: 'Service token',
  agent: 'Agent',
  system: 'Gatehouse itself',
} as const

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

/** The address of an export of the same entries. */
export function exportHref({ limit: _, cursor: __, ...filter }: ListAuditQuery, format: 'jsonl' | 'csv' | 'ocsf') {
  const params = Object.entries(filter).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return `/api/v1/audit/export?${new URLSearchParams([['format', format], ...params])}`
}
