import { z } from 'zod'
import { RequestCache } from '#core/cache/cache-policy.ts'
import { GUARDRAIL_ACTIONS } from '#core/guardrails/decide.ts'
import { CANDIDATE_ORIGINS } from '#core/routing/explanation.ts'

/** The pipeline's stages in order; an event tells how each went. */
export const STAGES = [
  'authenticate',
  'attribute',
  'resolve',
  'inspect',
  'admit',
  'cache',
  'route',
  'call',
  'inspect_output',
  'settle',
  'record',
] as const
export type Stage = (typeof STAGES)[number]

/** How a request passed a stage. */
export const StageTiming = z.strictObject({ stage: z.enum(STAGES), ms: z.number(), outcome: z.string() })
export type StageTiming = z.infer<typeof StageTiming>

export const OUTCOMES = ['ok', 'refused', 'upstream_error', 'client_aborted', 'incomplete', 'gateway_error'] as const

/** What a guardrail found at one place of a request, and what was done; never the value. */
export const RequestFinding = z.strictObject({
  detector: z.string(),
  kind: z.string(),
  location: z.string(),
  action: z.enum(GUARDRAIL_ACTIONS),
  /** The rule only counts: nothing was done. */
  shadow: z.boolean(),
  count: z.int().positive(),
})
export type RequestFinding = z.infer<typeof RequestFinding>

/**
 * What became of a request's content. full, restricted: kept as the tier says; metadata: the tier keeps none; off: the
 * organization keeps none; no_tier: no tier was in force; unanswered: refused or failed, which keeps none; no_room: the
 * gateway's disk is left to events.
 */
export const CONTENT_KEPT = ['full', 'restricted', 'metadata', 'off', 'no_tier', 'unanswered', 'no_room'] as const
export type ContentKept = (typeof CONTENT_KEPT)[number]

/** How a request came to the model that served it. */
export const RequestRoute = z.strictObject({
  /** The route that decided, and which version of it; null: none covers the request. */
  id: z.uuid().nullable(),
  name: z.string().nullable(),
  version: z.int().nullable(),
  /** How the model that served became a candidate. */
  origin: z.enum(CANDIDATE_ORIGINS),
  /** Candidates that could be tried, the one that served included. */
  candidates: z.int(),
  /** The model that was to serve first and failed; null: the first one served. */
  failedOverFrom: z.uuid().nullable(),
  /** As in `x-gatehouse-translated`; null: client and model speak the same dialect. */
  translated: z.string().nullable(),
})
export type RequestRoute = z.infer<typeof RequestRoute>

const Count = z.int().nonnegative().nullable()
const Id = z.uuid()
const Text = z.string().max(512).nullable()

/** One governed request, appended to the spool by the gateway and shipped once to Postgres. */
export const RequestEvent = z.strictObject({
  id: Id,
  occurredAt: z.iso.datetime(),
  organizationId: Id,
  replicaId: Id,
  keyId: Id.nullable(),
  teamId: Id.nullable(),
  personId: Id.nullable(),
  agentId: Id.nullable(),
  environment: Text,
  workload: Text,
  useCase: Text,
  endUser: Text,
  session: Text,
  dataClass: Text,
  dialect: z.string(),
  path: z.string(),
  streaming: z.boolean(),
  requestedModel: Text,
  modelId: Id.nullable(),
  providerId: Id.nullable(),
  /** HTTP status the client was given. */
  status: z.int(),
  outcome: z.enum(OUTCOMES),
  errorCode: Text,
  usageState: z.enum(['measured', 'estimated', 'unknown', 'none']),
  inputTokens: Count,
  cachedInputTokens: Count,
  cacheWrite5mTokens: Count,
  cacheWrite1hTokens: Count,
  outputTokens: Count,
  reasoningTokens: Count,
  /** none: nothing was consumed, so nothing could cost. */
  costState: z.enum(['priced', 'unpriced', 'unknown', 'none']),
  /** Nano-US-dollars as text; null unless priced. */
  costNanoUsd: z.string().nullable(),
  priceId: Id.nullable(),
  latencyMs: z.number(),
  firstTokenMs: z.number().nullable(),
  /** Milliseconds spent in the gateway itself, upstream time left out. */
  overheadMs: z.number(),
  requestBytes: z.int(),
  responseBytes: z.int(),
  configVersion: z.string(),
  traceId: z.string().nullable(),
  /** The budgets that admitted the request: its cost is charged to these periods of them, or one call. Null: none did. */
  budgets: z
    .array(z.strictObject({ id: Id, periodStart: z.iso.datetime(), calls: z.literal(1).optional() }))
    .nullable(),
  /** Which version answered: what the provider calls the model, or the version and digest of one of our own. */
  modelVersion: z.string().max(400).nullable(),
  /** Microseconds that each stage took, in their order, up to the one that recorded the request or ended it. */
  stageUs: z.array(z.int().nonnegative()).max(STAGES.length),
  detail: z.strictObject({
    /** How stages ended that were not just passed; left out when all were. */
    stageOutcomes: z.partialRecord(z.enum(STAGES), z.string()).optional(),
    attempts: z.array(
      z.strictObject({
        providerId: Id,
        modelId: Id,
        status: z.int().nullable(),
        ms: z.number(),
        error: z.string().nullable(),
      }),
    ),
    /** The rule that refused, such as `rate_limit:<id>`; left out when none did. */
    rule: z.string().max(128).optional(),
    /** Between which dialects the request and its answer were translated, and what was dropped. */
    translated: z.string().max(2048).optional(),
    /** Why it was refused, in words fit for a person. */
    message: z.string().nullable(),
    /** Left out when nothing was found. */
    findings: z.array(RequestFinding).optional(),
    /** Left out by gateways that do not keep content. */
    content: z.enum(CONTENT_KEPT).optional(),
    /** Left out when the requested model served at once, untranslated, and no route covers the request. */
    route: RequestRoute.optional(),
    /** The failover drill that the request belongs to. */
    drillId: Id.optional(),
    /** Left out when no cache policy covers the request. */
    cache: RequestCache.optional(),
    /** The exemptions without which it would have been refused, or its content acted on; left out when there are none. */
    exemptions: z.array(Id).optional(),
    /** Names of the data sources that it uses; left out when none is known. */
    dataSources: z.array(z.string()).optional(),
    clientIp: z.string().nullable(),
    userAgent: z.string().max(256).nullable(),
  }),
})
export type RequestEvent = z.infer<typeof RequestEvent>

/** The stages that a request passed, in their order. */
export function stagesOf(stageUs: readonly number[], outcomes: RequestEvent['detail']['stageOutcomes']): StageTiming[] {
  return STAGES.slice(0, stageUs.length).map((stage, index) => ({
    stage,
    ms: (stageUs[index] ?? 0) / 1_000,
    outcome: outcomes?.[stage] ?? 'ok',
  }))
}
