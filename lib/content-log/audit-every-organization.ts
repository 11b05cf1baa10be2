import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { auditContent } from './audit-content.ts'

const HOUR_MS = 3_600_000
/** A worker that starts again runs every job at once: an audit so young is enough. */
const FRESH_HOURS = 12

/** Audits the content log of every organization that has, or has had, one. */
export async function auditEveryOrganization(): Promise<{ audits: number; violations: number }> {
  const { system } = databases()
  const kept = await system.contentKey.findMany({ distinct: ['organizationId'], select: { organizationId: true } })
  const fresh = { gte: new Date(Date.now() - FRESH_HOURS * HOUR_MS) }
  const done = await system.contentAudit.findMany({ where: { effectiveAt: fresh }, select: { organizationId: true } })
  const audited = new Set(done.map(row => row.organizationId))
  const due = kept.filter(({ organizationId }) => !audited.has(organizationId))
  let violations = 0
  for (const { organizationId } of due) {
    violations += (await auditContent({ ctx: systemContext(organizationId, 'audit-content'), input: {} })).violations
  }
  return { audits: due.length, violations }
}
