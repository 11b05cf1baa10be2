import { newId } from '#core/ids.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findOwner } from './find-owner.ts'
import { keepVersion } from './keep-version.ts'
import { toRateLimitDto } from './queries.ts'
import { CreateRateLimitInput, type RateLimitDto } from './schema.ts'

/** Sets a rate limit; every gateway keeps to it within a second, and begins to count then. */
export async function createRateLimit({ ctx, input }: VerbArgs): Promise<RateLimitDto> {
  if (requirePermission(ctx, 'rateLimits.manage') !== 'organization') {
    throw new DomainError('permission_denied', 'Only who manages every rate limit can set one. Ask Operations.')
  }
  const { reason, ...data } = parseInput(CreateRateLimitInput, input)
  return transact(ctx, async tx => {
    const owner = await findOwner(tx, ctx, data.scope, data.target)
    const after = await tx.rateLimit.create({
      data: { id: newId(), organizationId: ctx.organizationId, ...data, ...owner },
    })
    await keepVersion(tx, ctx, { before: null, after, action: 'rate_limit.created', reason })
    return toRateLimitDto(tx, after)
  })
}
