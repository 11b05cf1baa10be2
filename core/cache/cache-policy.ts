import { z } from 'zod'

/** Whose requests a cache policy decides, widest first: of those that cover a request the most specific one holds. */
export const CACHE_SCOPES = ['organization', 'team', 'model', 'workload'] as const
export type CacheScope = (typeof CACHE_SCOPES)[number]

/** Among whom kept answers are shared; always only among keys that may do the same. */
export const CACHE_SHARING = ['organization', 'team', 'key'] as const
export type CacheSharing = (typeof CACHE_SHARING)[number]

/** Seconds an answer may be kept: from one to thirty days. */
export const MOST_TTL_SECONDS = 30 * 86_400
const KIB = 1024
/** Largest answer that may be kept. */
export const MOST_ANSWER_BYTES = 4 * KIB * KIB
/** Most that one policy may hold in the memory of each replica. */
export const MOST_CACHE_BYTES = KIB * KIB * KIB

/** What a cache policy decides, besides whom it covers. */
export const CacheRules = z.strictObject({
  /** Whether answers are kept and served; false takes requests out of a wider policy. */
  enabled: z.boolean(),
  ttlSeconds: z.int().min(1).max(MOST_TTL_SECONDS),
  sharing: z.enum(CACHE_SHARING),
  /** Also in Redis, so that replicas share answers and a restart loses none. */
  shared: z.boolean(),
  /** Only requests that ask for temperature 0; embeddings always count as such. */
  deterministicOnly: z.boolean(),
  /** Also requests that offer the model tools which the caller runs. */
  includeTools: z.boolean(),
  /** A larger answer is not kept. */
  maxAnswerBytes: z.int().min(KIB).max(MOST_ANSWER_BYTES),
  /** Bytes held in the memory of each replica; the least recently used answers make room. */
  maxBytes: z
    .int()
    .min(64 * KIB)
    .max(MOST_CACHE_BYTES),
})
export type CacheRules = z.infer<typeof CacheRules>

/** A cache policy as gateways run it; publishing it again makes everything it kept unreachable. */
export const CachePolicyDocument = CacheRules.extend({
  name: z.string(),
  scope: z.enum(CACHE_SCOPES),
  /** A team's id, the name that callers send as model or workload; null for the organization. */
  target: z.string().nullable(),
}).refine(({ scope, target }) => (scope === 'organization') === (target === null), {
  message: 'a target exactly when the scope is not the organization',
  path: ['target'],
})
export type CachePolicyDocument = z.infer<typeof CachePolicyDocument>

/** What became of a request that a policy covers. */
export const CACHE_OUTCOMES = ['hit', 'miss', 'bypass', 'skipped'] as const
export type CacheOutcome = (typeof CACHE_OUTCOMES)[number]

/** Why the cache was not asked. */
export const CACHE_REASONS = [
  'caller',
  'refresh',
  'tier',
  'operation',
  'stateful',
  'provider_tools',
  'tools',
  'temperature',
  'reference',
  'too_large',
  'not_readable',
] as const
export type CacheReason = (typeof CACHE_REASONS)[number]

/** What a caller may ask for in `x-gatehouse-cache`. */
export const CACHE_WISHES = ['default', 'bypass', 'refresh', 'only-if-cached'] as const
export type CacheWish = (typeof CACHE_WISHES)[number]

/** What an event tells of the cache; left out when no policy covers the request. */
export const RequestCache = z.strictObject({
  outcome: z.enum(CACHE_OUTCOMES),
  policyId: z.uuid(),
  /** Null for hits and misses. */
  reason: z.enum(CACHE_REASONS).nullable(),
  /** Of a hit, what follows; null otherwise. From this replica's memory, or from what replicas share. */
  source: z.enum(['memory', 'redis']).nullable(),
  ageMs: z.int().nullable(),
  /** What the answer cost when it was made, as text; null: it had no price. */
  savedNanoUsd: z.string().nullable(),
  savedTokens: z.int().nullable(),
  /** How much faster than when it was made. */
  savedMs: z.number().nullable(),
})
export type RequestCache = z.infer<typeof RequestCache>
