import { z } from 'zod'
import { CACHE_SCOPES, CacheRules } from '#core/cache/cache-policy.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Name = z.string().trim().min(1, 'a name, so that people know which policy it is').max(80)
const Reason = z.string().trim().max(500)
const Usd = z.string()
const rules = CacheRules.shape

/** Printable ASCII, as the header that callers send it in. */
const Target = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^[\x20-\x7e]+$/, 'printable ASCII, as callers send it')

export const CreateCachePolicyInput = z.strictObject({
  name: Name,
  scope: z.enum(CACHE_SCOPES),
  /** Id of the team, or the name that callers send as model or workload. */
  target: Target.nullable().default(null),
  enabled: rules.enabled.default(true),
  ttlSeconds: rules.ttlSeconds.default(86_400),
  sharing: rules.sharing.default('team'),
  shared: rules.shared.default(true),
  deterministicOnly: rules.deterministicOnly.default(false),
  includeTools: rules.includeTools.default(false),
  maxAnswerBytes: rules.maxAnswerBytes.default(262_144),
  maxBytes: rules.maxBytes.default(16_777_216),
  reason: Reason.default(''),
})

/** What is left out stays; whom a policy covers never changes. Any change drops what was kept. */
export const UpdateCachePolicyInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  ...CacheRules.partial().shape,
  reason: Reason.default(''),
})

export const ArchiveCachePolicyInput = z.strictObject({ id: z.uuid(), reason: Reason.default('') })

/** Drops what one policy has kept, or with null what all of them have. */
export const PurgeCacheInput = z.strictObject({
  policyId: z.uuid().nullable().default(null),
  reason: Reason.default(''),
})

export const ListCachePoliciesQuery = PageQuery.extend({
  search: z.string().max(100).optional(),
  scope: z.enum(CACHE_SCOPES).optional(),
  /** `active` unless told. */
  state: z.enum(['active', 'archived', 'all']).default('active'),
})

const Count = z.int().nonnegative()

/** What became of requests in a period. */
export const CacheFigures = z.strictObject({
  hits: Count,
  misses: Count,
  bypasses: Count,
  skipped: Count,
  /** Hits of hits and misses, 0 to 1; null: the cache was never asked. */
  hitRate: z.number().nullable(),
  savedUsd: Usd,
  /** Hits whose answer had no price: what they saved is not known. */
  unpricedHits: Count,
  savedTokens: Count,
  savedMs: Count,
})
export type CacheFigures = z.infer<typeof CacheFigures>

export const CachePolicyDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scope: z.enum(CACHE_SCOPES),
  target: z.string().nullable(),
  targetName: z.string().nullable(),
  ...rules,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  purgedAt: z.iso.datetime().nullable(),
  archivedAt: z.iso.datetime().nullable(),
  /** The last thirty days. */
  figures: CacheFigures,
  /** Held in the memory of all replicas together, as they last said; what Redis holds is not counted. */
  entries: Count,
  bytes: Count,
})
export type CachePolicyDto = z.infer<typeof CachePolicyDto>

export const CacheStatisticsQuery = z.strictObject({
  /** Counted back from now. */
  days: z.coerce.number().int().min(1).max(90).default(30),
  policyId: z.uuid().optional(),
})

export const CacheStatisticsDto = z.strictObject({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  total: CacheFigures,
  /** Days in UTC, those without a request too. */
  daily: z.array(z.strictObject({ day: z.iso.date(), hits: Count, misses: Count, savedUsd: Usd, savedMs: Count })),
  /** By model, what was saved most first. */
  models: z.array(z.strictObject({ modelId: z.uuid().nullable(), model: z.string(), ...CacheFigures.shape })),
  entries: Count,
  bytes: Count,
})
export type CacheStatisticsDto = z.infer<typeof CacheStatisticsDto>

export const PurgeResultDto = z.strictObject({
  /** Of how many policies answers were dropped. */
  policies: Count,
  purgedAt: z.iso.datetime(),
})
export type PurgeResultDto = z.infer<typeof PurgeResultDto>
