import type { Transaction } from '#lib/platform/transaction.ts'

/**
 * The most sensitive of the tiers named; null when none is. A name that is no tier of the organization any more counts
 * as the most sensitive: nobody knows what may be said of it.
 */
export async function highestTier(
  tx: Transaction,
  organizationId: string,
  names: readonly (string | null | undefined)[],
): Promise<string | null> {
  const named = names.filter(name => typeof name === 'string')
  if (named.length === 0) return null
  const where = { organizationId, name: { in: named } }
  const tiers = await tx.tier.findMany({ where, orderBy: { rank: 'desc' }, select: { name: true } })
  const unknown = named.find(name => !tiers.some(tier => tier.name === name))
  return unknown ?? tiers[0]?.name ?? null
}
