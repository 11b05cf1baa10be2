import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** What a tier kept of content during a time; null: since ever, and until now. */
export interface TierPeriod {
  readonly tier: string
  readonly logging: string
  readonly from: Date | null
  readonly to: Date | null
}

/** What each tier kept and when, from the audit log: every change of a tier is in it, with what was before. */
export async function tierHistory(tx: Transaction, { organizationId }: Context): Promise<TierPeriod[]> {
  const tiers = await tx.tier.findMany({ where: { organizationId } })
  const changes = await tx.auditEntry.findMany({
    where: { organizationId, subjectKind: 'tier', action: 'tier.updated' },
    orderBy: { sequence: 'asc' },
    select: { subjectId: true, occurredAt: true, before: true },
  })
  return tiers.flatMap(({ id, name, contentLogging }) => {
    const own = changes.flatMap(({ subjectId, occurredAt, before }) => {
      const logging = (before as { contentLogging?: unknown } | null)?.contentLogging
      return subjectId === id && typeof logging === 'string' ? [{ at: occurredAt, logging }] : []
    })
    const ends = [...own, { at: null, logging: contentLogging }]
    return ends.map(({ at, logging }, index) => ({
      tier: name,
      logging,
      from: ends[index - 1]?.at ?? null,
      to: at,
    }))
  })
}
