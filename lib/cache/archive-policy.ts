import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findPolicy } from './find-policy.ts'
import { keepVersion } from './keep-version.ts'
import { toPolicyDto } from './queries.ts'
import { ArchiveCachePolicyInput, type CachePolicyDto } from './schema.ts'

/** Takes a policy out of force; its history stays. Archiving an archived one changes nothing and succeeds. */
export async function archiveCachePolicy({ ctx, input }: VerbArgs): Promise<CachePolicyDto> {
  requirePermission(ctx, 'cache.manage')
  const { id, reason } = parseInput(ArchiveCachePolicyInput, input)
  return transact(ctx, async tx => {
    const before = await findPolicy(tx, ctx, id)
    if (before.archivedAt) return toPolicyDto(tx, before)
    const archivedAt = new Date()
    const data = { archivedAt, updatedAt: archivedAt, version: before.version + 1 }
    const after = await tx.cachePolicy.update({ where: { id }, data })
    await keepVersion(tx, ctx, { before, after, action: 'cache_policy.archived', reason })
    return toPolicyDto(tx, after)
  })
}
