import type { Transaction } from '#lib/platform/transaction.ts'

/** The tiers of data sources in force: of those named, or of those that a workload uses. */
export async function tiersOfSources(
  tx: Transaction,
  organizationId: string,
  of: { readonly ids: readonly string[] } | { readonly workload: string },
): Promise<string[]> {
  if ('ids' in of && of.ids.length === 0) return []
  const where = 'ids' in of ? { id: { in: [...of.ids] } } : { workloads: { has: of.workload } }
  const sources = await tx.dataSource.findMany({
    where: { ...where, organizationId, archivedAt: null },
    select: { tier: true },
  })
  return sources.map(({ tier }) => tier)
}
