import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findRateLimit } from './find-rate-limit.ts'
import { keepVersion } from './keep-version.ts'
import { toRateLimitDto } from './queries.ts'
import { type RateLimitDto, UpdateRateLimitInput } from './schema.ts'

/** Changes a rate limit; what is counted already goes on counting. Throws `conflict` for one that is archived. */
export async function updateRateLimit({ ctx, input }: VerbArgs): Promise<RateLimitDto> {
  requirePermission(ctx, 'rateLimits.manage')
  const { id, reason, name, limit } = parseInput(UpdateRateLimitInput, input)
  return transact(ctx, async tx => {
    const before = await findRateLimit(tx, ctx, 'rateLimits.manage', id)
    if (before.archivedAt) throw conflict(`${before.name} is archived. Set a new rate limit.`)
    const after = await tx.rateLimit.update({
      where: { id },
      data: {
        ...(name ? { name } : {}),
        ...(limit ? { limit } : {}),
        version: before.version + 1,
        updatedAt: new Date(),
      },
    })
    await keepVersion(tx, ctx, { before, after, action: 'rate_limit.updated', reason })
    return toRateLimitDto(tx, after)
  })
}
