import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findRateLimit } from './find-rate-limit.ts'
import { keepVersion } from './keep-version.ts'
import { toRateLimitDto } from './queries.ts'
import { ArchiveRateLimitInput, type RateLimitDto } from './schema.ts'

/** Takes a rate limit out of force; its history stays. Archiving an archived one changes nothing and succeeds. */
export async function archiveRateLimit({ ctx, input }: VerbArgs): Promise<RateLimitDto> {
  requirePermission(ctx, 'rateLimits.manage')
  const { id, reason } = parseInput(ArchiveRateLimitInput, input)
  return transact(ctx, async tx => {
    const before = await findRateLimit(tx, ctx, 'rateLimits.manage', id)
    if (before.archivedAt) return toRateLimitDto(tx, before)
    const archivedAt = new Date()
    const data = { archivedAt, updatedAt: archivedAt, version: before.version + 1 }
    const after = await tx.rateLimit.update({ where: { id }, data })
    await keepVersion(tx, ctx, { before, after, action: 'rate_limit.archived', reason })
    return toRateLimitDto(tx, after)
  })
}
