import { z } from 'zod'
import { RATE_LIMIT_MEASURES, RATE_LIMIT_SCOPES, RATE_WINDOWS } from '#core/rate-limits/rate-limit.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Name = z.string().trim().min(1, 'a name, so that people know which limit it is').max(80)
const Reason = z.string().trim().max(500)
/** A Postgres integer. */
const Limit = z.int().min(1).max(2_147_483_647)

export const CreateRateLimitInput = z
  .strictObject({
    name: Name,
    scope: z.enum(RATE_LIMIT_SCOPES),
    /** Id of the team, person, key, agent or model; null: each of them by itself. */
    target: z.uuid().nullable().default(null),
    measure: z.enum(RATE_LIMIT_MEASURES),
    /** Left out for concurrency. */
    window: z.enum(RATE_WINDOWS).nullable().default(null),
    limit: Limit,
    reason: Reason.default(''),
  })
  .refine(({ measure, window }) => (measure === 'concurrency') === (window === null), {
    message: 'a window for requests and tokens, none for concurrency',
    path: ['window'],
  })

/** What is left out stays. Scope, measure and window are what the limit is: another one is another limit. */
export const UpdateRateLimitInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  limit: Limit.optional(),
  reason: Reason.default(''),
})

export const ArchiveRateLimitInput = z.strictObject({ id: z.uuid(), reason: Reason.default('') })

export const ListRateLimitsQuery = PageQuery.extend({
  search: z.string().max(100).optional(),
  scope: z.enum(RATE_LIMIT_SCOPES).optional(),
  teamId: z.uuid().optional(),
  /** `active` unless told. */
  state: z.enum(['active', 'archived', 'all']).default('active'),
})

export const RateLimitDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scope: z.enum(RATE_LIMIT_SCOPES),
  target: z.uuid().nullable(),
  targetName: z.string().nullable(),
  teamId: z.uuid().nullable(),
  measure: z.enum(RATE_LIMIT_MEASURES),
  window: z.enum(RATE_WINDOWS).nullable(),
  limit: z.int(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
  /** What is used at this moment by the one that uses most of it, as the gateways said last. */
  used: z.int(),
  /** Requests refused by it in the last 7 days, of UTC and the present one included. */
  refused: z.int(),
  lastRefusedAt: z.iso.datetime().nullable(),
  asOf: z.iso.datetime(),
})
export type RateLimitDto = z.infer<typeof RateLimitDto>

export const RateLimitDetailDto = RateLimitDto.extend({
  /** What is used at this moment, most first, by each that it counts for. */
  uses: z.array(z.strictObject({ id: z.uuid(), name: z.string(), used: z.int() })),
  /** Whose requests were refused in the last 7 days, most first. */
  refusedKeys: z.array(
    z.strictObject({
      keyId: z.uuid(),
      keyName: z.string(),
      teamName: z.string().nullable(),
      refused: z.int(),
      lastAt: z.iso.datetime(),
    }),
  ),
  /** Requests refused on each of the last 7 days, oldest first. */
  refusedByDay: z.array(z.strictObject({ day: z.iso.date(), refused: z.int() })),
})
export type RateLimitDetailDto = z.infer<typeof RateLimitDetailDto>
