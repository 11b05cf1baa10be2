import { formatDay } from '#core/day-words.ts'
import { modelFindings } from '#core/workloads/model-fit.ts'
import type { ConsistencyCheck, Finding } from '../check.ts'

/** What workloads have to do with owners, models and reviews. */
export const WORKLOAD_CHECKS: readonly ConsistencyCheck[] = [
  {
    id: 'workloads-have-owners-who-work-here',
    title: 'Every running workload has an owner who works here',
    consequence: 'Nobody answers for it, and nobody is reminded of its review.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const workloads = await tx.workload.findMany({ where: { organizationId, lifecycle: { not: 'decommissioned' } } })
      const people = await tx.person.findMany({
        where: { organizationId, status: 'active', id: { in: workloads.flatMap(one => one.ownerId ?? []) } },
        select: { id: true },
      })
      const active = new Set(people.map(({ id }) => id))
      return workloads
        .filter(({ ownerId }) => ownerId === null || !active.has(ownerId))
        .map(one => finding(one, `${one.name} has no owner who works here.`, 'Name an owner'))
    },
  },
  {
    id: 'workloads-name-callable-models',
    title: 'Every model of a running workload is in the catalog and approved for its tier',
    consequence: 'Calls that ask for it are refused, or go to the next model of the workload.',
    severity: 'error',
    async run(tx, { organizationId }) {
      const workloads = await tx.workload.findMany({ where: { organizationId, lifecycle: { not: 'decommissioned' } } })
      const models = await tx.model.findMany({ where: { organizationId } })
      const tiers = await tx.tier.findMany({ where: { organizationId }, orderBy: { rank: 'asc' } })
      const now = new Date()
      return workloads.flatMap(one =>
        modelFindings(one.modelIds, models, one.tier, tiers, now)
          .filter(({ blocking }) => blocking)
          .map(({ message, fix }) => finding(one, `${one.name}: ${message}`, fix)),
      )
    },
  },
  {
    id: 'workloads-are-reviewed',
    title: 'Every running workload is reviewed in time',
    consequence: 'It runs on terms that nobody has looked at for longer than agreed.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const where = { organizationId, lifecycle: { not: 'decommissioned' }, reviewBy: { lt: new Date() } }
      const workloads = await tx.workload.findMany({ where, orderBy: { reviewBy: 'asc' } })
      return workloads.map(one =>
        finding(one, `${one.name} was due for review on ${formatDay(one.reviewBy)}`, 'Review it'),
      )
    },
  },
]

function finding({ id, name }: { id: string; name: string }, message: string, text: string): Finding {
  return { subject: { kind: 'workload', id, name }, message, fix: { text, href: `/workloads/${id}` } }
}
