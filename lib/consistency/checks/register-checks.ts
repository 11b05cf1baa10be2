import { linkedControls } from '#lib/risks/get-risk.ts'
import type { ConsistencyCheck } from '../check.ts'

/** Rules of the registers of exemptions and risks. */
export const REGISTER_CHECKS: readonly ConsistencyCheck[] = [
  {
    id: 'exemptions-have-active-owners',
    title: 'Every exemption in force has an owner who still works here',
    consequence: 'Nobody answers for what is allowed against a rule.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const where = { organizationId, status: 'approved', endsAt: { gt: new Date() } }
      const exemptions = await tx.exemption.findMany({ where, orderBy: { title: 'asc' } })
      const owners = await tx.person.findMany({
        where: { organizationId, status: 'active', id: { in: exemptions.map(({ ownerId }) => ownerId) } },
        select: { id: true },
      })
      return exemptions
        .filter(({ ownerId }) => !owners.some(({ id }) => id === ownerId))
        .map(({ id, title }) => ({
          subject: { kind: 'exemption', id, name: title },
          message: `Whoever answers for ${title} has left`,
          fix: { text: 'Revoke it, or have it asked for anew', href: `/govern/exemptions/${id}` },
        }))
    },
  },
  {
    id: 'risks-are-controlled-by-what-is-in-force',
    title: 'Every control of an open risk is in force',
    consequence: 'A risk is judged as smaller than it is.',
    severity: 'warning',
    async run(tx, ctx) {
      const { organizationId } = ctx
      const risks = await tx.risk.findMany({ where: { organizationId, closedAt: null }, include: { controls: true } })
      const linked = await linkedControls(
        tx,
        ctx,
        risks.flatMap(({ controls }) => controls),
      )
      const broken = new Map(linked.filter(one => one.broken !== null).map(one => [one.id, one]))
      return risks.flatMap(({ id, title, controls }) =>
        controls
          .flatMap(control => broken.get(control.id) ?? [])
          .map(({ name, broken: why }) => ({
            subject: { kind: 'risk', id, name: title },
            message: `${title} rests on ${name}, which controls nothing: ${why}`,
            fix: { text: 'Link another control, or judge the risk anew', href: `/govern/risks/${id}` },
          })),
      )
    },
  },
]
