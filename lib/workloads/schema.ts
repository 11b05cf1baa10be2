import { z } from 'zod'
import { CRITERION_STATES } from '#core/workloads/criteria.ts'
import { WORKLOAD_LIFECYCLES } from '#core/workloads/lifecycle.ts'
import { KEY_SCOPES } from '#core/workloads/workload.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Name = z.string().trim().min(1, 'a name, so that people know which workload it is').max(80)
const Reason = z.string().trim().max(500)
const Moment = z.iso.datetime()

/** What callers send in x-gatehouse-workload: as the gateway takes it. */
export const WorkloadSlug = z
  .string()
  .trim()
  .min(1, 'what callers send in x-gatehouse-workload')
  .max(128)
  .regex(/^[\x20-\x7e]+$/, 'printable ASCII, as callers send it')

/** How long a workload runs before somebody looks at it again, unless told. */
export const REVIEW_DAYS = 180
const ReviewDays = z.int().min(7).max(365, 'at most a year: no workload runs without review')

/** What an approved brief decides of a workload. */
export const WorkloadTerms = z.strictObject({
  name: Name,
  objective: z.string().trim().max(2_000).default(''),
  teamId: z.uuid('the id of a team'),
  ownerId: z.uuid('the id of a person').nullable().default(null),
  keyScope: z.enum(KEY_SCOPES).default('team'),
  /** The least tier of its calls; null: the lowest. */
  tier: z.string().trim().min(1).max(60).nullable().default(null),
  /** The only models of its calls, the preferred first; empty: every model of the catalog. */
  modelIds: z
    .array(z.uuid())
    .max(50)
    .refine(ids => new Set(ids).size === ids.length, 'each model once')
    .default([]),
  /** The most that one of its calls may cost, in nano-US-dollars; null: no bound. */
  costPerCallNanoUsd: z.bigint().positive().nullable().default(null),
  /** The brief that decides them; null: none. */
  briefId: z.uuid().nullable().default(null),
})
export type WorkloadTerms = z.output<typeof WorkloadTerms>

export const CreateWorkloadInput = WorkloadTerms.omit({ briefId: true, costPerCallNanoUsd: true }).extend({
  /** Made of the name unless told. */
  slug: WorkloadSlug.nullable().default(null),
  reviewInDays: ReviewDays.default(REVIEW_DAYS),
  reason: Reason.default(''),
})

/** Who answers for it and what it is called; all else is decided by its brief and its lifecycle. */
export const UpdateWorkloadInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  ownerId: z.uuid().optional(),
  reason: Reason.default(''),
})

export const ReviewWorkloadInput = z.strictObject({
  id: z.uuid(),
  /** What was looked at and found. */
  note: z.string().trim().min(1, 'what you looked at and found').max(1_000),
  nextReviewInDays: ReviewDays.default(REVIEW_DAYS),
})

/** Asks for a workload to go on; who decides sees the criteria as they stand then. */
export const RequestTransitionInput = z.strictObject({
  id: z.uuid(),
  to: z.enum(WORKLOAD_LIFECYCLES),
  reason: z.string().trim().min(1, 'why, for whoever decides').max(500),
  /** When a deprecated workload ends. */
  sunsetAt: Moment.nullable().default(null),
  /** Where its callers go. */
  migrationPlan: z.string().trim().max(2_000).default(''),
  /** Ids of criteria that who decides is asked to let go of. */
  waive: z
    .array(z.string().max(60))
    .max(20)
    .refine(ids => new Set(ids).size === ids.length, 'each once')
    .default([]),
})

export const ReclaimedDto = z.strictObject({
  kind: z.enum(['key', 'budget', 'route', 'rate_limit', 'cache_policy', 'data_source']),
  id: z.uuid(),
  name: z.string(),
})
export type ReclaimedDto = z.infer<typeof ReclaimedDto>

export const TransitionDto = z.strictObject({
  to: z.enum(WORKLOAD_LIFECYCLES),
  /** What it changes for calls, in a sentence. */
  effect: z.string(),
  criteria: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      state: z.enum(CRITERION_STATES),
      detail: z.string(),
      fix: z.string(),
      waivable: z.boolean(),
    }),
  ),
  /** What ends with it; empty unless it is decommissioned. */
  reclaimed: z.array(ReclaimedDto),
})
export type TransitionDto = z.infer<typeof TransitionDto>

export const TransitionRequestedDto = z.strictObject({ approvalId: z.uuid(), state: z.string() })

/** Who called a workload in seven days. */
export const WorkloadCallerDto = z.strictObject({
  keyId: z.uuid().nullable(),
  keyName: z.string(),
  teamName: z.string(),
  requests: z.int(),
  lastAt: Moment.nullable(),
})
export type WorkloadCallerDto = z.infer<typeof WorkloadCallerDto>

export const ListWorkloadsQuery = PageQuery.extend({
  search: z.string().max(100).optional(),
  lifecycle: z.enum(WORKLOAD_LIFECYCLES).optional(),
  teamId: z.uuid().optional(),
})

const Named = z.strictObject({ id: z.uuid(), name: z.string() })

export const WorkloadDto = z.strictObject({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  objective: z.string(),
  teamId: z.uuid(),
  teamName: z.string(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  /** Whether the owner still works here; null: it has none. */
  ownerActive: z.boolean().nullable(),
  lifecycle: z.enum(WORKLOAD_LIFECYCLES),
  keyScope: z.enum(KEY_SCOPES),
  tier: z.string().nullable(),
  /** The preferred first; empty: every model of the catalog. */
  models: z.array(Named),
  /** The most that one of its calls may cost; null: no bound. */
  costPerCallUsd: z.string().nullable(),
  briefId: z.uuid().nullable(),
  sunsetAt: Moment.nullable(),
  migrationPlan: z.string(),
  reviewBy: Moment,
  reviewedAt: Moment.nullable(),
  version: z.int(),
  /** Of 30 days, from rollups; null: for its team, its owner and who sees all usage only. */
  requests: z.int().nullable(),
  costUsd: z.string().nullable(),
  createdAt: Moment,
  updatedAt: Moment,
})
export type WorkloadDto = z.infer<typeof WorkloadDto>

/** A name that callers send and nobody has registered, with who sent it in 30 days. */
export const UnregisteredWorkloadDto = z.strictObject({
  name: z.string(),
  teams: z.array(Named),
  requests: z.int(),
  costUsd: z.string(),
  lastAt: Moment.nullable(),
})
export type UnregisteredWorkloadDto = z.infer<typeof UnregisteredWorkloadDto>
