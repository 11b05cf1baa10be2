import { z } from 'zod'
import { Moment } from '#core/moment.ts'

/** What usage can be grouped by. */
export const USAGE_GROUPS = [
  'day',
  'hour',
  'team',
  'person',
  'key',
  'model',
  'provider',
  'workload',
  'useCase',
] as const
export type UsageGroup = (typeof USAGE_GROUPS)[number]

export const LATENCY_GROUPS = ['day', 'hour', 'team', 'model', 'provider'] as const
export type LatencyGroup = (typeof LATENCY_GROUPS)[number]

export const USAGE_SPLITS = ['none', 'team', 'person', 'key', 'model', 'provider'] as const

const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])
const TimeZone = z.string().refine(name => zones.has(name), 'an IANA time zone such as Europe/Berlin')

const Range = {
  /** First moment; rounded down to its hour. 30 days before `to` unless told. */
  from: Moment.optional(),
  /** First moment left out; now unless told. */
  to: Moment.optional(),
  /** Where days begin. */
  timeZone: TimeZone.default('UTC'),
}

const LatencyFilters = {
  teamId: z.uuid().optional(),
  modelId: z.uuid().optional(),
  providerId: z.uuid().optional(),
}

const Filters = {
  ...LatencyFilters,
  personId: z.uuid().optional(),
  keyId: z.uuid().optional(),
  workload: z.string().max(512).optional(),
  useCase: z.string().max(512).optional(),
}

export const UsageQuery = z.strictObject({ ...Range, ...Filters, groupBy: z.enum(USAGE_GROUPS).default('day') })
export type UsageQuery = z.input<typeof UsageQuery>

export const UsageSeriesQuery = z.strictObject({
  ...Range,
  ...Filters,
  interval: z.enum(['day', 'hour']).default('day'),
  splitBy: z.enum(USAGE_SPLITS).default('none'),
  /** How many series of their own; the rest is one series more. */
  top: z.int().min(1).max(20).default(4),
})
export type UsageSeriesQuery = z.input<typeof UsageSeriesQuery>

export const LatencyQuery = z.strictObject({
  ...Range,
  ...LatencyFilters,
  groupBy: z.enum(LATENCY_GROUPS).default('model'),
})
export type LatencyQuery = z.input<typeof LatencyQuery>

export const LatencySeriesQuery = z.strictObject({
  ...Range,
  ...LatencyFilters,
  interval: z.enum(['day', 'hour']).default('day'),
})
export type LatencySeriesQuery = z.input<typeof LatencySeriesQuery>

const Count = z.int().nonnegative()

/** Sums over some requests. Token classes are disjoint. */
export const UsageSums = z.strictObject({
  requests: Count,
  errors: Count,
  refused: Count,
  inputTokens: Count,
  cachedInputTokens: Count,
  cacheWriteTokens: Count,
  outputTokens: Count,
  reasoningTokens: Count,
  totalTokens: Count,
  /** Decimal US dollars of the requests that have a price. */
  costUsd: z.string(),
  /** Requests to models without a price: their cost is missing from costUsd. */
  unpricedRequests: Count,
  /** Requests whose tokens nobody knows: missing from tokens and cost. */
  unknownUsageRequests: Count,
  /** Milliseconds; null without requests. */
  meanLatencyMs: z.number().nullable(),
  lastAt: z.iso.datetime().nullable(),
})
export type UsageSums = z.infer<typeof UsageSums>

/** One group: `key` is a record's id, a text, or the day (2026-01-31) or hour; null: not stated. */
export const UsageRow = UsageSums.extend({ key: z.string().nullable(), label: z.string() })
export type UsageRow = z.infer<typeof UsageRow>

const Period = {
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  timeZone: z.string(),
  /** When this was read. */
  asOf: z.iso.datetime(),
}

export const UsageSummaryDto = z.strictObject({
  ...Period,
  groupBy: z.enum(USAGE_GROUPS),
  totals: UsageSums,
  data: z.array(UsageRow),
  /** Always null: groups come in one answer, the 500 dearest of them. */
  nextCursor: z.null(),
})
export type UsageSummaryDto = z.infer<typeof UsageSummaryDto>

const Milliseconds = z.number().nullable()
/** Milliseconds estimated from a histogram whose buckets are 19 % wide; null without observations. */
export const Quantiles = z.strictObject({ count: Count, p50: Milliseconds, p95: Milliseconds, p99: Milliseconds })
export type Quantiles = z.infer<typeof Quantiles>

/** Of answered requests: the whole time, the time to the first token, and what the gateway added. */
export const LatencySums = z.strictObject({ total: Quantiles, firstToken: Quantiles, overhead: Quantiles })
export type LatencySums = z.infer<typeof LatencySums>

export const LatencyRow = LatencySums.extend({ key: z.string().nullable(), label: z.string() })
export type LatencyRow = z.infer<typeof LatencyRow>

export const LatencySummaryDto = z.strictObject({
  ...Period,
  groupBy: z.enum(LATENCY_GROUPS),
  totals: LatencySums,
  data: z.array(LatencyRow),
  nextCursor: z.null(),
})
export type LatencySummaryDto = z.infer<typeof LatencySummaryDto>
