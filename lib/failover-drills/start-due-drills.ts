import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { outageSubstitutes } from './drill-candidates.ts'
import { lastOccasion } from './drill-occasions.ts'
import { type DrillPlan, readPlan } from './drill-plan.ts'
import { insertDrill } from './start-drill.ts'

/** An occasion that no worker was there for is made up for within a day, and not after it. */
const LATE_MS = 86_400_000

/** Starts the next drill of every organization whose plan has come round, one at a time; returns how many. */
export async function startDueDrills(now = new Date()): Promise<number> {
  const organizations = await databases().system.organization.findMany({
    where: { removedAt: null },
    select: { id: true, createdAt: true },
  })
  let started = 0
  for (const { id, createdAt } of organizations) {
    const ctx = systemContext(id, 'failover-drills')
    started += await transact(ctx, async tx => {
      const plan = await readPlan(tx, id)
      const due = dueSince(plan, createdAt, now)
      const modelId = due && (await nextModel(tx, id, plan, due))
      if (!modelId) return 0
      await insertDrill(tx, ctx, { modelId, boundMs: plan.boundMs, occasion: 'schedule' })
      return 1
    })
  }
  return started
}

/** The occasion that calls for drills now; null: none does. */
function dueSince(plan: DrillPlan, organizationCreatedAt: Date, now: Date): Date | null {
  if (!plan.enabled) return null
  const due = lastOccasion(plan, now)
  if (now.getTime() - due.getTime() > LATE_MS) return null
  return due > organizationCreatedAt && due > (plan.updatedAt ?? organizationCreatedAt) ? due : null
}

/** A model of the plan that has not been tried since the occasion; null while a drill is not over. */
async function nextModel(tx: Transaction, organizationId: string, plan: DrillPlan, due: Date): Promise<string | null> {
  const since = { organizationId, OR: [{ endedAt: null }, { occasion: 'schedule', createdAt: { gte: due } }] }
  const drills = await tx.failoverDrill.findMany({ where: since, select: { modelId: true, endedAt: true } })
  if (drills.some(drill => drill.endedAt === null)) return null
  const tried = new Set(drills.map(drill => drill.modelId))
  const models = await tx.model.findMany({
    where: {
      organizationId,
      lifecycle: { in: ['approved', 'restricted', 'deprecated'] },
      provider: { enabled: true },
      ...(plan.modelIds.length > 0 ? { id: { in: plan.modelIds } } : {}),
    },
    select: { id: true, substitutes: true },
    orderBy: { identifier: 'asc' },
  })
  const wanted = models.filter(model => plan.modelIds.length > 0 || outageSubstitutes(model.substitutes).length > 0)
  return wanted.find(model => !tried.has(model.id))?.id ?? null
}
