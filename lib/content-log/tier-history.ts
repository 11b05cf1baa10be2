import { z } from 'zod'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** What a tier kept of content during a time; null: since ever, and until now. */
export interface TierPeriod {
  readonly tier: string
  readonly logging: string
  readonly from: Date | null
  readonly to: Date | null
}

const KeptTier = z.object({ contentLogging: z.string() })

/** What each tier kept and when, from its versions: every change of a tier leaves one, whole. */
export async function tierHistory(tx: Transaction, { organizationId }: Context): Promise<TierPeriod[]> {
  const tiers = await tx.tier.findMany({ where: { organizationId } })
  const versions = await tx.recordVersion.findMany({
    where: { organizationId, kind: 'tier' },
    orderBy: { version: 'asc' },
    select: { recordId: true, createdAt: true, document: true },
  })
  return tiers.flatMap(({ id, name, contentLogging }) => {
    const own = versions.filter(({ recordId }) => recordId === id)
    if (own.length === 0) return [{ tier: name, logging: contentLogging, from: null, to: null }]
    return own.map(({ createdAt, document }, index) => ({
      tier: name,
      logging: KeptTier.parse(document).contentLogging,
      // The first holds since ever: nothing was kept of a tier that was not there.
      from: index === 0 ? null : createdAt,
      to: own[index + 1]?.createdAt ?? null,
    }))
  })
}
