import type { Context } from '#lib/platform/context.ts'
import { requirePermission } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { read } from '#lib/platform/transaction.ts'
import { nextOccasion } from './drill-occasions.ts'
import { DEFAULT_BOUND_SECONDS, DRILL_INTERVALS, type DrillInterval, type DrillPlanDto } from './schema.ts'

export interface DrillPlan {
  enabled: boolean
  every: DrillInterval
  hour: number
  boundMs: number
  modelIds: string[]
  /** Null: nobody has changed the default. */
  updatedAt: Date | null
}

/** What holds until somebody changes it. */
export const DEFAULT_PLAN: DrillPlan = {
  enabled: true,
  every: 'month',
  hour: 3,
  boundMs: DEFAULT_BOUND_SECONDS * 1_000,
  modelIds: [],
  updatedAt: null,
}

/** The plan of an organization, its own or the default. */
export async function readPlan(tx: Transaction, organizationId: string): Promise<DrillPlan> {
  const row = await tx.failoverDrillPlan.findUnique({ where: { organizationId } })
  if (!row) return DEFAULT_PLAN
  const { enabled, hour, boundMs, modelIds, updatedAt } = row
  const every = DRILL_INTERVALS.find(interval => interval === row.every) ?? DEFAULT_PLAN.every
  return { enabled, every, hour, boundMs, modelIds, updatedAt }
}

/** When drills come round by themselves, and how they are judged. */
export function getDrillPlan(ctx: Context): Promise<DrillPlanDto> {
  requirePermission(ctx, 'routes.read')
  return read(ctx, async tx => planDto(await readPlan(tx, ctx.organizationId)))
}

export function planDto({ enabled, every, hour, boundMs, modelIds }: DrillPlan): DrillPlanDto {
  const nextAt = enabled ? nextOccasion({ every, hour }, new Date()).toISOString() : null
  return { enabled, every, hour, boundSeconds: boundMs / 1_000, modelIds, nextAt }
}
