import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ControlKind } from './schema.ts'

/** A record that can be a control. */
export interface ControlRecord {
  readonly id: string
  readonly name: string
  readonly href: string
  /** Why it controls nothing; null: it is in force. */
  readonly broken: string | null
}

const archived = (at: Date | null) => (at ? 'It is archived.' : null)

/** The records of one kind, those named or all that could be linked, with whether they are in force. */
export async function controlRecords(
  tx: Transaction,
  { organizationId }: Context,
  kind: ControlKind,
  ids?: readonly string[],
): Promise<ControlRecord[]> {
  const where = { organizationId, ...(ids ? { id: { in: [...ids] } } : {}) }
  if (kind === 'guardrail') {
    const rows = await tx.guardrail.findMany({ where, orderBy: { detector: 'asc' } })
    return rows.map(({ id, detector, enabled, shadow }) => ({
      ...{ id, name: detector.replaceAll('_', ' '), href: '/operate/guardrails' },
      broken: enabled ? (shadow ? 'It only counts: it is in shadow.' : null) : 'It is switched off.',
    }))
  }
  if (kind === 'budget') {
    const rows = await tx.budget.findMany({
      where: { ...where, keyId: null, exemptionId: null },
      orderBy: { name: 'asc' },
    })
    return rows.map(({ id, name, archivedAt }) => ({
      id,
      name,
      href: `/finance/budgets/${id}`,
      broken: archived(archivedAt),
    }))
  }
  if (kind === 'rate_limit') {
    const rows = await tx.rateLimit.findMany({ where, orderBy: { name: 'asc' } })
    return rows.map(({ id, name, archivedAt }) => ({
      id,
      name,
      href: `/operate/rate-limits/${id}`,
      broken: archived(archivedAt),
    }))
  }
  if (kind === 'route') {
    const rows = await tx.route.findMany({ where, orderBy: { name: 'asc' } })
    return rows.map(({ id, name, archivedAt }) => ({
      id,
      name,
      href: `/operate/routes/${id}`,
      broken: archived(archivedAt),
    }))
  }
  if (kind === 'policy') {
    const rows = await tx.policy.findMany({ where, orderBy: { name: 'asc' } })
    return rows.map(({ id, name, archivedAt }) => ({
      ...{ id, name, href: `/govern/policies/${id}` },
      broken: archived(archivedAt),
    }))
  }
  const rows = await tx.exemption.findMany({ where, orderBy: { title: 'asc' } })
  return rows.map(({ id, title, status, endsAt }) => ({
    ...{ id, name: title, href: `/govern/exemptions/${id}` },
    broken: status === 'approved' && endsAt > new Date() ? null : 'It is not in force.',
  }))
}
