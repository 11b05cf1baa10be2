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
const KeptChanges = z.array(z.object({ field: z.string(), before: z.string().nullable() }))
/** The field of a tier's versions that says what is kept, as lib/tiers/keep-tier.ts names it. */
const CONTENT_FIELD = 'content kept'

/** What each tier kept and when, from its versions: every change of a tier leaves one, whole. */
export async function tierHistory(tx: Transaction, { organizationId }: Context): Promise<TierPeriod[]> {
  const tiers = await tx.tier.findMany({ where: { organizationId } })
  const versions = await tx.recordVersion.findMany({
    where: { organizationId, kind: 'tier' },
    orderBy: { version: 'asc' },
    select: { recordId: true, createdAt: true, document: true, changes: true },
  })
  return tiers.flatMap(({ id, name, contentLogging }) => {
    const own = versions.filter(({ recordId }) => recordId === id)
    const changes = own.map(({ createdAt, document, changes }) => ({
      at: createdAt,
      logging: KeptTier.parse(document).contentLogging,
      before: KeptChanges.parse(changes).find(({ field }) => field === CONTENT_FIELD)?.before ?? null,
    }))
    // A tier may be older than its first version: what it kept until then is what its first change tells.
    const first = changes[0]?.before ?? changes[0]?.logging ?? contentLogging
    const starts = [{ at: null, logging: first }, ...changes]
    return starts.map(({ at, logging }, index) => ({
      tier: name,
      logging,
      from: at,
      to: starts[index + 1]?.at ?? null,
    }))
  })
}
