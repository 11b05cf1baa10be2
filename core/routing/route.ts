import { z } from 'zod'
import { NanoUsd } from '#core/money.ts'
import { ROUTE_OBJECTIVES, ROUTE_SCOPES } from './route-options.ts'

const Weight = z.number().min(0).max(100)

/** How much each factor counts in a balanced route; only their proportions matter. */
export const RouteWeights = z
  .strictObject({ cost: Weight, latency: Weight, errors: Weight, capability: Weight, preference: Weight })
  .refine(weights => Object.values(weights).some(weight => weight > 0), 'at least one weight above 0')
export type RouteWeights = z.infer<typeof RouteWeights>

/** What a candidate must fulfil to be taken; the tier of a request binds besides, whatever a route says. */
export const RouteConstraints = z.strictObject({
  /** Regions of providers; empty: any. */
  regions: z.array(z.string()),
  /** Empty: any. */
  providerIds: z.array(z.uuid()),
  /** Every one of these tiers must be among those that the model is approved for; empty: none is asked for. */
  tiers: z.array(z.string()),
  /** Most nano-US-dollars per million tokens of input, and of output; null: any. A model without a price fulfils none. */
  mostInputNanoUsd: NanoUsd.nullable(),
  mostOutputNanoUsd: NanoUsd.nullable(),
})
export type RouteConstraints = z.infer<typeof RouteConstraints>

/** A route as gateways run it. */
export const RouteDocument = z
  .strictObject({
    name: z.string(),
    /** Rises with each change of the route; explanations and events name it. */
    version: z.int().positive(),
    enabled: z.boolean(),
    scope: z.enum(ROUTE_SCOPES),
    /** A team's id, or the name that callers send as workload; null for the organization. */
    target: z.string().nullable(),
    /** Which values of `model` it covers, identifiers and aliases; empty: all. */
    requestedNames: z.array(z.string()),
    /** A value of `model` of its own, for callers that leave the choice to the route; null: none. */
    callableAs: z.string().nullable(),
    /** Models it may choose besides the requested one, the preferred first. */
    modelIds: z.array(z.uuid()),
    objective: z.enum(ROUTE_OBJECTIVES),
    weights: RouteWeights,
    constraints: RouteConstraints,
    /** Whether another candidate is tried when the chosen one fails. */
    failover: z.boolean(),
    /** Milliseconds a candidate has for its first byte while another one is left to try; null: as long as the caller waits. */
    attemptTimeoutMs: z.int().min(100).max(600_000).nullable(),
  })
  .refine(({ scope, target }) => (scope === 'organization') === (target === null), {
    message: 'a target exactly when the scope is a team or a workload',
    path: ['target'],
  })
export type RouteDocument = z.infer<typeof RouteDocument>

/** When a substitute may take over: its original cannot serve, or a budget asks for the cheaper one. */
export const SUBSTITUTION_REASONS = ['outage', 'budget'] as const
export type SubstitutionReason = (typeof SUBSTITUTION_REASONS)[number]

/** A model that may stand in for another one. */
export const Substitute = z.strictObject({
  modelId: z.uuid(),
  when: z.array(z.enum(SUBSTITUTION_REASONS)).min(1),
})
export type Substitute = z.infer<typeof Substitute>
