import { tableQueryOf } from '#components/data-table/table-query.ts'
import type { ListRequestsQuery } from '#lib/requests/schema.ts'

const HOUR_MS = 3_600_000

/** The periods that the explorer offers, by their word in the URL. */
export const RANGES = {
  '1h': { hours: 1, label: '1 h', words: 'the last hour' },
  '24h': { hours: 24, label: '24 h', words: '24 hours' },
  '7d': { hours: 7 * 24, label: '7 d', words: '7 days' },
  '30d': { hours: 30 * 24, label: '30 d', words: '30 days' },
  '90d': { hours: 90 * 24, label: '90 d', words: '90 days' },
} as const
export type Range = keyof typeof RANGES

/** Filters of the explorer, as the URL names them, and what the query calls each. */
const FILTERS = {
  person: 'personId',
  key: 'keyId',
  team: 'teamId',
  model: 'modelId',
  provider: 'providerId',
  route: 'routeId',
  exemption: 'exemptionId',
  status: 'status',
  outcome: 'outcome',
  cost: 'minCostUsd',
  latency: 'minLatencyMs',
  streaming: 'streaming',
} as const
type Filter = keyof typeof FILTERS

/** The figures of the chart are kept by these only. */
const CHARTED = ['person', 'key', 'team', 'model', 'provider'] as const

export interface RequestFilters {
  range: Range
  /** Of the list and the export. */
  list: ListRequestsQuery
  /** Of the chart above it. */
  chart: { from: string; to: string; personId?: string; keyId?: string; teamId?: string; modelId?: string }
  /** Something is filtered that the chart does not know. */
  beyondChart: boolean
}

type Params = Record<string, string | string[] | undefined>

/**
 * Reads the explorer's URL. Without a range: 24 hours, or 30 days where one record's requests are asked for, so that
 * a number elsewhere leads to the rows behind it.
 */
export function requestFiltersOf(params: Params, now: number): RequestFilters {
  const { search, cursor, filters } = tableQueryOf(params, { filters: [...Object.keys(FILTERS), 'order'] })
  const range = rangeOf(
    params.range,
    CHARTED.some(key => filters[key]),
  )
  const from = new Date(now - RANGES[range].hours * HOUR_MS).toISOString()
  const chosen = (keys: readonly Filter[]) =>
    Object.fromEntries(keys.flatMap(key => (filters[key] ? [[FILTERS[key], filters[key][0]]] : [])))
  const order = filters.order?.[0]
  return {
    range,
    list: {
      ...chosen(Object.keys(FILTERS) as Filter[]),
      from,
      ...(search ? { search } : {}),
      ...(order === 'cost' || order === 'latency' ? { sort: order } : {}),
      ...(cursor ? { cursor } : {}),
    },
    chart: { ...chosen(CHARTED), from, to: new Date(now).toISOString() },
    beyondChart:
      Boolean(search) || Object.keys(filters).some(key => !CHARTED.includes(key as 'key') && key !== 'order'),
  }
}

function rangeOf(text: string | string[] | undefined, record: boolean): Range {
  if (typeof text === 'string' && Object.hasOwn(RANGES, text)) return text as Range
  return record ? '30d' : '24h'
}

/** The address of the same requests as CSV. */
export function requestsCsvHref({ cursor: _, limit: __, ...query }: ListRequestsQuery): string {
  const params = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `/api/v1/requests/export?${new URLSearchParams(params.map(([name, value]) => [name, String(value)]))}`
}
