import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { noStandInWords, standInsOf } from './drill-candidates.ts'
import { planDto, readPlan } from './drill-plan.ts'
import { type DrillPlanDto, UpdateDrillPlanInput } from './schema.ts'

/** Changes when drills come round by themselves, which models they try, and how soon calls must be answered again. */
export async function updateDrillPlan({ ctx, input }: VerbArgs): Promise<DrillPlanDto> {
  requirePermission(ctx, 'routes.manage')
  const { reason, boundSeconds, ...changes } = parseInput(UpdateDrillPlanInput, input)
  return transact(ctx, async tx => {
    const { organizationId } = ctx
    const { updatedAt: _, ...before } = await readPlan(tx, organizationId)
    const boundMs = boundSeconds === undefined ? before.boundMs : Math.round(boundSeconds * 1_000)
    const after = { ...before, ...definedOf(changes), boundMs }
    const models = await tx.model.findMany({ where: { organizationId, id: { in: after.modelIds } } })
    if (models.length !== new Set(after.modelIds).size) {
      throw invalid('modelIds', 'One of these models is not in the catalog of this organization.')
    }
    const hasStandIn = await standInsOf(tx, organizationId)
    const alone = models.find(model => !before.modelIds.includes(model.id) && !hasStandIn(model))
    if (alone) throw invalid('modelIds', noStandInWords(alone.identifier))
    const updatedAt = new Date()
    const data = { ...after, updatedAt }
    await tx.failoverDrillPlan.upsert({ where: { organizationId }, create: { organizationId, ...data }, update: data })
    await audit(tx, ctx, {
      action: 'failover_drill_plan.updated',
      subject: { kind: 'failoverDrillPlan', id: organizationId, name: 'Failover drills' },
      ...{ before, after },
      ...(reason ? { reason } : {}),
    })
    await announce(tx, ctx, 'drills')
    return planDto({ ...after, updatedAt })
  })
}

/** What was given, so that what was left out stays. */
function definedOf<T extends object>(changes: T) {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
