import type { ListAuditQuery } from '#lib/audit-log/schema.ts'

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

/** The address of an export of the same entries. */
export function exportHref({ limit: _, cursor: __, ...filter }: ListAuditQuery, format: 'jsonl' | 'csv' | 'ocsf') {
  const params = Object.entries(filter).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return `/api/v1/audit/export?${new URLSearchParams([['format', format], ...params])}`
}
