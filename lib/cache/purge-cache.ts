import { audit } from '#lib/platform/audit.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { policyDocument } from './policy-record.ts'
import { PurgeCacheInput, type PurgeResultDto } from './schema.ts'

/**
 * Drops what a policy, or every policy of the organization, has kept. The policy is published again: answers are kept
 * under its document's version, so on every replica, and in Redis, none of the old ones can be found any more.
 */
export async function purgeCache({ ctx, input }: VerbArgs): Promise<PurgeResultDto> {
  requirePermission(ctx, 'cache.manage')
  const { policyId, reason } = parseInput(PurgeCacheInput, input)
  return transact(ctx, async tx => {
    const { organizationId } = ctx
    const policies = await tx.cachePolicy.findMany({
      where: { organizationId, archivedAt: null, ...(policyId ? { id: policyId } : {}) },
      orderBy: { id: 'asc' },
    })
    if (policyId && policies.length === 0) throw notFound('cache policy')
    const purgedAt = new Date()
    await tx.cachePolicy.updateMany({ where: { id: { in: policies.map(({ id }) => id) } }, data: { purgedAt } })
    for (const policy of policies) {
      const { id, name } = policy
      await audit(tx, ctx, {
        action: 'cache_policy.purged',
        subject: { kind: 'cache_policy', id, name },
        after: { purgedAt },
        ...(reason ? { reason } : {}),
      })
      await publishConfig(tx, ctx, 'cache_policy', id, policyDocument(policy))
    }
    await announce(tx, ctx, 'config')
    return { policies: policies.length, purgedAt: purgedAt.toISOString() }
  })
}
