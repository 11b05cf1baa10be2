import { z } from 'zod'
import { CIRCUIT_STATES } from '#core/contracts/deployment-health.ts'
import { OPERATION_NAMES } from '#core/contracts/operation-names.ts'
import { RouteDocument } from './route.ts'
import { ROUTE_FACTORS, ROUTE_OBJECTIVES, ROUTE_SCOPES } from './route-options.ts'

/** `POST /explain` on a replica's admin port: a request that is not made, only decided. */
export const ExplainRequest = z.strictObject({
  organizationId: z.uuid(),
  /** Its permissions, team and tier hold; null: a key of that team that may call every model. */
  keyId: z.uuid().nullable().default(null),
  teamId: z.uuid().nullable().default(null),
  workload: z.string().nullable().default(null),
  useCase: z.string().nullable().default(null),
  model: z.string().min(1).max(256),
  operation: z.enum(OPERATION_NAMES).default('chat'),
  streaming: z.boolean().default(false),
  /** Name of the tier that the request turns out to have; null: the lowest, or the key's. */
  tier: z.string().nullable().default(null),
  /** Slugs of the data sources that its caller names, beside those of the key and the workload. */
  dataSources: z.array(z.string()).default([]),
  inputTokens: z.int().nonnegative().default(1_000),
  maxOutputTokens: z.int().positive().nullable().default(null),
  /** How many answers a chat completion asks for. */
  answers: z.int().positive().default(1),
  /** What else its body asks for, such as tools or a format of the answer, by which is told who can express it. */
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** As if a budget had reached a threshold that asks for the cheaper equivalent. */
  budgetPressure: z.boolean().default(false),
  /** A route as if it were published: in place of the one of its id, or beside the others. */
  draft: z.strictObject({ id: z.uuid(), document: RouteDocument }).nullable().default(null),
})
export type ExplainRequest = z.infer<typeof ExplainRequest>

/** How a model became a candidate. */
export const CANDIDATE_ORIGINS = ['requested', 'route', 'outage', 'budget'] as const
export type CandidateOrigin = (typeof CANDIDATE_ORIGINS)[number]

/** Why a candidate is left out; `circuit_open` and `cooling` pass by themselves. */
export const EXCLUSIONS = [
  'unknown_provider',
  'provider_disabled',
  'lifecycle',
  'key_models',
  'use_restricted',
  'not_signed_off',
  'workload_models',
  'workload_cost',
  'dialect',
  'provider_state',
  'untranslatable',
  'several_answers',
  'outages_only',
  'tier',
  'tier_provider',
  'tier_region',
  'data_region',
  'route_region',
  'route_provider',
  'route_tier',
  'route_price',
  'context_window',
  'output_limit',
  'not_cheaper',
  'budget',
  'rate_limit',
  'failover_off',
  'circuit_open',
  'cooling',
] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

const Reason = z.strictObject({ code: z.enum(EXCLUSIONS), message: z.string() })

/** One factor of a score. */
export const ScorePart = z.strictObject({
  factor: z.enum(ROUTE_FACTORS),
  /** What was measured or computed: nano-US-dollars, milliseconds, a share, a share, a position; null: not known. */
  measured: z.number().nullable(),
  /** 0 to 1, 1 is best of the candidates. */
  value: z.number(),
  /** 0 to 1; the weights of a candidate add up to 1. */
  weight: z.number(),
})

export const ExplainedCandidate = z.strictObject({
  modelId: z.uuid(),
  identifier: z.string(),
  displayName: z.string(),
  providerId: z.uuid().nullable(),
  provider: z.string().nullable(),
  region: z.string().nullable(),
  origin: z.enum(CANDIDATE_ORIGINS),
  /** In which order it is tried, from 1; null: it is left out. */
  position: z.int().positive().nullable(),
  /** Every reason against it; empty exactly when it has a position. */
  leftOut: z.array(Reason),
  /** The exemptions without which it would be left out. */
  exemptions: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  /** In words, why it stands where it stands. */
  message: z.string(),
  /** The sum of value × weight; null: substitutes keep the order of the catalog, and one left out has none. */
  score: z.number().nullable(),
  parts: z.array(ScorePart),
  /** The operation that the model is called with when it is not the client's. */
  translatedTo: z.string().nullable(),
  /** What the request can cost at most there; null: no price. */
  mostCostNanoUsd: z.string().nullable(),
  circuit: z.enum(CIRCUIT_STATES),
  latencyMs: z.number().nullable(),
  errorRate: z.number().nullable(),
})
export type ExplainedCandidate = z.infer<typeof ExplainedCandidate>

const RouteReference = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  scope: z.enum(ROUTE_SCOPES),
  target: z.string().nullable(),
  objective: z.enum(ROUTE_OBJECTIVES),
})

/** What a gateway would do with a request now, and why. */
export const RouteExplanation = z.strictObject({
  at: z.iso.datetime(),
  /** The replica whose measurements these are; null: nothing was measured. */
  replica: z.strictObject({ id: z.uuid(), name: z.string(), region: z.string().nullable() }).nullable(),
  configVersion: z.string(),
  /** The route that decided; null: none covers the request, so that the requested model serves it. */
  route: RouteReference.nullable(),
  /** Routes that cover the request too, and why they did not decide. */
  otherRoutes: z.array(z.strictObject({ id: z.uuid(), name: z.string(), message: z.string() })),
  tier: z.string().nullable(),
  /** The data that the request is known to use: what its key and workload are tied to, and what its caller names. */
  dataSources: z.array(
    z.strictObject({
      slug: z.string(),
      name: z.string(),
      tier: z.string(),
      /** Empty: wherever its tier may be processed. */
      regions: z.array(z.string()),
    }),
  ),
  /** In the order they would be tried, those left out last. */
  candidates: z.array(ExplainedCandidate),
  /** The model that would be called first; null: the request would be refused. */
  winnerId: z.uuid().nullable(),
  /** One sentence: who serves and why, or how the request is refused and what to do. */
  message: z.string(),
  /** The refusal that the caller would get. */
  refusal: z.strictObject({ status: z.int(), code: z.string(), message: z.string() }).nullable(),
})
export type RouteExplanation = z.infer<typeof RouteExplanation>
