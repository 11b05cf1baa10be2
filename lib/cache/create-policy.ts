import { newId } from '#core/ids.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireFreeTarget } from './find-policy.ts'
import { keepVersion } from './keep-version.ts'
import { toPolicyDto } from './queries.ts'
import { type CachePolicyDto, CreateCachePolicyInput } from './schema.ts'

/** Makes a cache policy; gateways keep and serve answers by it within a second. */
export async function createCachePolicy({ ctx, input }: VerbArgs): Promise<CachePolicyDto> {
  requirePermission(ctx, 'cache.manage')
  const { name, scope, target, reason, ...rules } = parseInput(CreateCachePolicyInput, input)
  return transact(ctx, async tx => {
    await requireFreeTarget(tx, ctx, scope, target)
    const after = await tx.cachePolicy.create({
      data: { id: newId(), organizationId: ctx.organizationId, name, scope, target, rules },
    })
    await keepVersion(tx, ctx, { before: null, after, action: 'cache_policy.created', reason })
    return toPolicyDto(tx, after)
  })
}
