import { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { findRateLimit } from './find-rate-limit.ts'
import { RateLimitVersionDto } from './schema.ts'

const LONGEST = 100

/** What a rate limit was after each change, newest first; throws `not_found` beyond the actor's reach. */
export function rateLimitHistory(ctx: Context, id: string): Promise<RateLimitVersionDto[]> {
  requirePermission(ctx, 'rateLimits.read')
  return read(ctx, async tx => {
    await findRateLimit(tx, ctx, 'rateLimits.read', id)
    const where = { rateLimitId: id }
    const rows = await tx.rateLimitVersion.findMany({ where, orderBy: { version: 'desc' }, take: LONGEST })
    return rows.map(({ id: versionId, version, changes, reason, authorName, createdAt }) => ({
      ...{ id: versionId, version, reason, authorName },
      changes: z.array(RateLimitVersionDto.shape.changes.element).parse(changes),
      createdAt: createdAt.toISOString(),
    }))
  })
}
