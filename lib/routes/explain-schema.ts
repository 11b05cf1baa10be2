import { z } from 'zod'
import { OPERATION_NAMES } from '#core/contracts/operation-names.ts'
import { RouteExplanation } from '#core/routing/explanation.ts'
import { ReplicaViewDto } from '#lib/deployments/schema.ts'
import { CreateRouteInput } from './schema.ts'

/** A request that is not made, only decided. */
export const ExplainRoutingInput = z.strictObject({
  /** Its team, models and tier hold; null: a key of the team that may call every model. */
  keyId: z.uuid().nullable().default(null),
  /** Left out with a key, whose team it is. */
  teamId: z.uuid().nullable().default(null),
  workload: z.string().trim().min(1).max(128).nullable().default(null),
  useCase: z.string().trim().min(1).max(128).nullable().default(null),
  model: z.string().trim().min(1).max(256),
  operation: z.enum(OPERATION_NAMES).default('chat'),
  streaming: z.boolean().default(false),
  tier: z.string().trim().min(1).max(40).nullable().default(null),
  /** As sent in x-gatehouse-data-source; those of the key and the workload are known. */
  dataSources: z.array(z.string().trim().min(1).max(80)).max(20).default([]),
  inputTokens: z.int().min(0).max(100_000_000).default(1_000),
  maxOutputTokens: z.int().min(1).max(100_000_000).nullable().default(null),
  /** How many answers a chat completion asks for, as sent in `n`. */
  answers: z.int().min(1).max(128).default(1),
  /** What else its body asks for, such as `tools` or `response_format`, by which is told who can express it. */
  parameters: z.record(z.string().max(128), z.unknown(), 'a JSON object, such as {"tools": []}').default({}),
  /** As if a budget asked for the cheaper equivalent. */
  budgetPressure: z.boolean().default(false),
  /** A route as if it were published: in place of the one of `routeId`, or beside the others. */
  draft: CreateRouteInput.extend({ routeId: z.uuid().nullable().default(null) })
    .nullable()
    .default(null),
})

/** What a gateway would do now, and how each candidate does at every replica. */
export const RoutingExplanationDto = z.strictObject({
  /** Null: no replica answered, so nothing can be said. */
  explanation: RouteExplanation.nullable(),
  health: z.array(z.strictObject({ modelId: z.uuid(), replicas: z.array(ReplicaViewDto) })),
  /** Where data of the request's tier may go; null: there is no tier. */
  tierBounds: z
    .strictObject({
      name: z.string(),
      /** Empty: anywhere. */
      regions: z.array(z.string()),
      /** Empty: to every provider. */
      providers: z.array(z.string()),
    })
    .nullable(),
  /** Replicas that were asked and did not answer. */
  silent: z.array(z.string()),
})
export type RoutingExplanationDto = z.infer<typeof RoutingExplanationDto>
