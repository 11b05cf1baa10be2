import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findPolicy } from './find-policy.ts'
import { keepVersion } from './keep-version.ts'
import { readPolicy } from './policy-record.ts'
import { toPolicyDto } from './queries.ts'
import { type CachePolicyDto, UpdateCachePolicyInput } from './schema.ts'

/** Changes a cache policy; what it had kept is dropped. Throws `conflict` for one that is archived. */
export async function updateCachePolicy({ ctx, input }: VerbArgs): Promise<CachePolicyDto> {
  requirePermission(ctx, 'cache.manage')
  const { id, reason, name, ...changes } = parseInput(UpdateCachePolicyInput, input)
  return transact(ctx, async tx => {
    const before = await findPolicy(tx, ctx, id)
    if (before.archivedAt) throw conflict(`${before.name} is archived. Make a new policy.`)
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const after = await tx.cachePolicy.update({
      where: { id },
      data: {
        ...(name ? { name } : {}),
        rules: { ...readPolicy(before).rules, ...given },
        version: before.version + 1,
        updatedAt: new Date(),
      },
    })
    await keepVersion(tx, ctx, { before, after, action: 'cache_policy.updated', reason })
    return toPolicyDto(tx, after)
  })
}
