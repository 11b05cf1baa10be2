import { readPolicies } from '#lib/policies/policy-dto.ts'
import type { ConsistencyCheck } from '../check.ts'

export const POLICY_CHECKS: readonly ConsistencyCheck[] = [
  {
    id: 'clauses-link-to-what-enforces-them',
    title: 'Every clause that is linked is enforced by what it is linked to',
    consequence: 'People rely on a rule that nothing keeps to any more.',
    severity: 'error',
    async run(tx, ctx) {
      const policies = await tx.policy.findMany({
        where: { organizationId: ctx.organizationId, archivedAt: null },
        orderBy: { name: 'asc' },
      })
      return (await readPolicies(tx, ctx, policies)).flatMap(({ dto, clauses }) =>
        clauses
          .filter(({ state }) => state === 'broken')
          .map(({ ref, links }) => {
            const off = links.filter(({ state }) => state !== 'in_force').map(({ name }) => name)
            return {
              subject: { kind: 'policy', id: dto.id, name: dto.name },
              message: `Clause ${ref} of ${dto.name} relies on ${off.join(', ')}, which does not enforce it`,
              fix: { text: 'Switch it on, or link the clause anew', href: `/govern/policies/${dto.id}?tab=clauses` },
            }
          }),
      )
    },
  },
  {
    id: 'policies-are-reviewed-in-time',
    title: 'Every policy in force has an active owner and is reviewed in time',
    consequence: 'The policy goes on binding people after it has stopped to fit.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const policies = await tx.policy.findMany({
        where: { organizationId, archivedAt: null, versions: { some: { state: 'ratified' } } },
        orderBy: { name: 'asc' },
      })
      const people = await tx.person.findMany({ where: { organizationId, status: 'active' }, select: { id: true } })
      const active = new Set(people.map(({ id }) => id))
      return policies.flatMap(({ id, name, ownerId, reviewDueAt }) => {
        const subject = { kind: 'policy', id, name }
        const href = `/govern/policies/${id}`
        const overdue = reviewDueAt !== null && reviewDueAt.getTime() < Date.now()
        const owned = ownerId !== null && active.has(ownerId)
        return [
          ...(owned ? [] : [{ subject, message: `${name} has no active owner`, fix: { text: 'Name an owner', href } }]),
          ...(overdue
            ? [{ subject, message: `The review of ${name} is overdue`, fix: { text: 'Review it', href } }]
            : []),
        ]
      })
    },
  },
]
