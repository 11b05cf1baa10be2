import type { WorkloadFacts } from '#core/workloads/criteria.ts'
import { modelFindings } from '#core/workloads/model-fit.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Workload } from '#prisma/generated/client.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** An exemption that ran out longer ago is no longer missed. */
const MISSED_DAYS = 90

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
    expiredExemptions: await expiredExemptions(tx, workload, now),
    sensitive: tier !== null && tier !== tiers[0]?.name,
    reviewBy: workload.reviewBy,
    callsInSevenDays: Number(_sum.requests ?? 0n),
    ...asked,
  }
}

/** Exemptions of a workload that ran out lately, without another of their kind in force. */
async function expiredExemptions(tx: Transaction, { organizationId, slug }: Workload, now: Date): Promise<string[]> {
  const own = { organizationId, subjectKind: 'workload', subjectTarget: slug }
  const ended = { gt: new Date(now.getTime() - MISSED_DAYS * DAY_MS), lte: now }
  const expired = await tx.exemption.findMany({
    where: { ...own, status: { in: ['expired', 'broken'] }, endsAt: ended },
    orderBy: { endsAt: 'desc' },
  })
  const inForce = await tx.exemption.findMany({ where: { ...own, status: 'approved', endsAt: { gt: now } } })
  return expired.filter(({ kind }) => !inForce.some(one => one.kind === kind)).map(({ title }) => `${title}.`)
}
