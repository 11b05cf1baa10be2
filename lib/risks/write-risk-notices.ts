import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import { tellEach } from '#lib/notices/tell-each.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'

const WEEK_MS = 7 * 86_400_000

/** Tells a risk's owner, or Security when nobody owns it, a week before its review and when it is late; each once. */
export async function writeRiskNotices(now = new Date()): Promise<number> {
  const { system } = databases()
  const soon = new Date(now.getTime() + WEEK_MS)
  const risks = await system.risk.findMany({ where: { closedAt: null, reviewAt: { lte: soon } } })
  return tellEach(risks, ({ id, organizationId, title, reviewAt, ownerId }) => {
    const late = reviewAt <= now
    return system.$transaction(async tx => {
      const people = ownerId ? [ownerId] : await peopleOfRoles(tx, organizationId, ['security'])
      return notify(tx, systemContext(organizationId, 'risk-notices'), people, {
        kind: 'risk_review',
        occasion: `risk-review:${id}:${reviewAt.toISOString()}:${late ? 'late' : 'soon'}`,
        title: `The review of the risk “${title}” is ${late ? 'overdue' : 'due within a week'}`,
        detail: 'Look whether its likelihood, its impact and its controls are still right.',
        href: `/govern/risks/${id}`,
        dueAt: reviewAt,
      })
    })
  })
}
