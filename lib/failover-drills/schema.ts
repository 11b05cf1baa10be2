import { z } from 'zod'
import { Evidence } from '#core/evidence/evidence.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

export const DRILL_STATES = ['waiting', 'running', 'passed', 'failed'] as const
export const DRILL_INTERVALS = ['week', 'month', 'quarter'] as const
export type DrillInterval = (typeof DRILL_INTERVALS)[number]

/** What a running drill is at: a key for it, calls before, the outage, and back to the original. */
export const DRILL_PHASES = ['prepare', 'baseline', 'outage', 'restore'] as const
export type DrillPhase = (typeof DRILL_PHASES)[number]

const BoundSeconds = z.number().min(0.1, 'a tenth of a second at least').max(300, 'five minutes at most')
export const DEFAULT_BOUND_SECONDS = 30

export const StartDrillInput = z.strictObject({
  /** The model whose outage is simulated. */
  modelId: z.uuid(),
  /** How soon calls must be answered again; left out: as in the plan. */
  boundSeconds: BoundSeconds.optional(),
})

/** What is left out stays. */
export const UpdateDrillPlanInput = z.strictObject({
  enabled: z.boolean().optional(),
  every: z.enum(DRILL_INTERVALS).optional(),
  /** The hour of the day, UTC. */
  hour: z.int().min(0).max(23).optional(),
  boundSeconds: BoundSeconds.optional(),
  /** Empty: every model with an equivalent for an outage. */
  modelIds: z.array(z.uuid()).max(50).optional(),
  reason: z.string().trim().max(500).default(''),
})

export const ListDrillsQuery = PageQuery.extend({
  modelId: z.uuid().optional(),
  state: z.enum(DRILL_STATES).optional(),
})

export const DrillDto = z.strictObject({
  id: z.uuid(),
  modelId: z.uuid(),
  /** What clients called the model at that time. */
  model: z.string(),
  occasion: z.enum(['schedule', 'demand']),
  startedBy: z.string(),
  state: z.enum(DRILL_STATES),
  /** What it is at; null unless it runs. */
  phase: z.enum(DRILL_PHASES).nullable(),
  boundMs: z.int(),
  /** From the outage to the first good answer of a lasting series; null: there was none, or it goes on. */
  recoveryMs: z.int().nullable(),
  /** Why it failed; null unless it did. */
  failure: z.string().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** What was found, once it has ended. */
  evidence: Evidence.nullable(),
  /** SHA-256 of the evidence's canonical JSON (RFC 8785), hexadecimal. */
  evidenceHash: z.string().nullable(),
  /** Whether the evidence is older than it may be. */
  stale: z.boolean(),
})
export type DrillDto = z.infer<typeof DrillDto>

export const DrillPlanDto = z.strictObject({
  enabled: z.boolean(),
  every: z.enum(DRILL_INTERVALS),
  hour: z.int(),
  boundSeconds: z.number(),
  modelIds: z.array(z.uuid()),
  /** When drills come round next; null: the plan is switched off. */
  nextAt: z.iso.datetime().nullable(),
})
export type DrillPlanDto = z.infer<typeof DrillPlanDto>

/** What the outage of a drill came to. */
export const DrillFindings = z.strictObject({
  passed: z.boolean(),
  failure: z.string().nullable(),
  boundMs: z.int(),
  recoveryMs: z.int().nullable(),
  /** From the end of the outage until the original answered again; null: it did not, or it never came to that. */
  restoredMs: z.int().nullable(),
  /** Which model answered during the outage. */
  answeredBy: z.string().nullable(),
  /** Calls made during the outage, and those of them that failed. */
  calls: z.int(),
  failedCalls: z.int(),
  /** Ids of the first request answered during the outage and of the first one answered by the original afterwards. */
  recoveryRequestId: z.string().nullable(),
  restoreRequestId: z.string().nullable(),
})
export type DrillFindings = z.infer<typeof DrillFindings>
