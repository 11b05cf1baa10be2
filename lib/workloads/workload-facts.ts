import type { WorkloadFacts } from '#core/workloads/criteria.ts'
import { modelFindings } from '#core/workloads/model-fit.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Workload } from '#prisma/generated/client.ts'

const WEEK_MS = 7 * 86_400_000

/** What is known of a workload now, from the records themselves. */
export async function factsOf(
  tx: Transaction,
  workload: Workload,
  asked: Pick<WorkloadFacts, 'sunsetAt' | 'migrationPlan'>,
  now: Date,
): Promise<WorkloadFacts> {
  const { organizationId, slug, modelIds, tier } = workload
  const own = { organizationId, scope: 'workload', target: slug, archivedAt: null }
  const names = { select: { name: true }, orderBy: { name: 'asc' } } as const
  const budgets = await tx.budget.findMany({ where: own, ...names })
  const routes = await tx.route.findMany({ where: own, ...names })
  const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
  const models = await tx.model.findMany({ where: { organizationId, id: { in: modelIds } } })
  const owner = workload.ownerId ? await tx.person.findFirst({ where: { id: workload.ownerId, organizationId } }) : null
  const { _sum } = await tx.usageRollup.aggregate({
    where: { organizationId, workload: slug, hour: { gte: new Date(now.getTime() - WEEK_MS) } },
    _sum: { requests: true },
  })
  const against = modelFindings(modelIds, models, tier, tiers, now).filter(({ blocking }) => blocking)
  return {
    briefed: workload.briefId !== null,
    owner: owner && { name: owner.name, active: owner.status === 'active' },
    budgets: budgets.map(({ name }) => `${name}.`),
    routes: routes.map(({ name }) => `${name}.`),
    modelProblems: against.map(({ message }) => message),
    expiredExemptions: null,
    sensitive: tier !== null && tier !== tiers[0]?.name,
    reviewBy: workload.reviewBy,
    callsInSevenDays: Number(_sum.requests ?? 0n),
    ...asked,
  }
}
