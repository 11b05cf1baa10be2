import { z } from 'zod'
import { RequestCache } from '#core/cache/cache-policy.ts'
import { OUTCOMES, RequestEvent, RequestRoute, StageTiming } from '#core/contracts/request-event.ts'
import { Moment } from '#core/moment.ts'
import { parseUsd } from '#core/money.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const REQUEST_SORTS = ['newest', 'cost', 'latency'] as const

const Filters = z.strictObject({
  /** 24 hours before `to` unless told. */
  from: Moment.optional(),
  /** First moment left out; now unless told. */
  to: Moment.optional(),
  personId: z.uuid().optional(),
  keyId: z.uuid().optional(),
  teamId: z.uuid().optional(),
  modelId: z.uuid().optional(),
  providerId: z.uuid().optional(),
  /** The route that decided. */
  routeId: z.uuid().optional(),
  /** The exemption that let it on. */
  exemptionId: z.uuid().optional(),
  /** A status (429) or a class of them (4xx). */
  status: z
    .string()
    .regex(/^[1-5](\d\d|xx)$/, 'a status such as 429, or a class such as 4xx')
    .optional(),
  outcome: z.enum(OUTCOMES).optional(),
  minCostUsd: z
    .string()
    .refine(text => parseUsd(text) !== null, 'an amount in US dollars such as 0.05')
    .optional(),
  minLatencyMs: z.coerce.number().nonnegative().optional(),
  streaming: z.enum(['true', 'false']).optional(),
  /** The id of a request (found whatever its time), a trace id, or an error code. */
  search: z.string().trim().max(128).optional(),
  sort: z.enum(REQUEST_SORTS).default('newest'),
})

export const ListRequestsQuery = Filters.extend(PageQuery.shape)
export type ListRequestsQuery = z.input<typeof ListRequestsQuery>

export const ExportRequestsQuery = Filters
export type ExportRequestsQuery = z.input<typeof ExportRequestsQuery>

const Name = z.string().nullable()
const Count = z.int().nullable()

/** One governed request. Names are null where nothing was resolved, or where it has been removed since. */
export const RequestDto = z.strictObject({
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  keyId: z.uuid().nullable(),
  keyName: Name,
  personId: z.uuid().nullable(),
  personName: Name,
  teamId: z.uuid().nullable(),
  teamName: Name,
  requestedModel: Name,
  modelId: z.uuid().nullable(),
  modelIdentifier: Name,
  providerId: z.uuid().nullable(),
  providerName: Name,
  environment: Name,
  workload: Name,
  useCase: Name,
  dataClass: Name,
  dialect: z.string(),
  path: z.string(),
  streaming: z.boolean(),
  status: z.int(),
  outcome: z.enum(OUTCOMES),
  errorCode: Name,
  usageState: RequestEvent.shape.usageState,
  /** Token classes are disjoint; null: not known, or nothing used. */
  inputTokens: Count,
  cachedInputTokens: Count,
  cacheWriteTokens: Count,
  outputTokens: Count,
  reasoningTokens: Count,
  costState: RequestEvent.shape.costState,
  /** Decimal US dollars; null unless priced. */
  costUsd: z.string().nullable(),
  latencyMs: z.number(),
  firstTokenMs: z.number().nullable(),
  overheadMs: z.number(),
})
export type RequestDto = z.infer<typeof RequestDto>

/** A request with its way through the gateway. */
export const RequestDetailDto = RequestDto.extend({
  replicaId: z.uuid(),
  agentId: z.uuid().nullable(),
  endUser: Name,
  session: Name,
  traceId: Name,
  requestBytes: z.int(),
  responseBytes: z.int(),
  configVersion: z.string(),
  /** The price row it was charged with. */
  priceId: z.uuid().nullable(),
  stages: z.array(StageTiming),
  attempts: z.array(
    z.strictObject({
      providerId: z.uuid(),
      providerName: Name,
      modelId: z.uuid(),
      modelIdentifier: Name,
      status: z.int().nullable(),
      ms: z.number(),
      error: z.string().nullable(),
    }),
  ),
  /** How it came to the model that served it; null: the one asked for served at once and no route covers it. */
  route: RequestRoute.extend({ failedOverFromModel: Name }).nullable(),
  /** Exemptions without which it would have been refused, or its content acted on. */
  exemptions: z.array(z.strictObject({ id: z.uuid(), title: Name })),
  /** The failover drill that it belongs to. */
  drillId: z.uuid().nullable(),
  /** The rule that refused, in words. */
  message: Name,
  /** Between which dialects it was translated, and what was dropped; null: the model speaks the client's. */
  translated: Name,
  /** What the response cache did; null: no policy covers the request. */
  cache: RequestCache.nullable(),
  clientIp: Name,
  userAgent: Name,
})
export type RequestDetailDto = z.infer<typeof RequestDetailDto>
