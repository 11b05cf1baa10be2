import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findRateLimit } from './find-rate-limit.ts'

/** What a rate limit was after each change, newest first; throws `not_found` beyond the actor's reach. */
export function rateLimitHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'rateLimits.read')
  return read(ctx, async tx => {
    await findRateLimit(tx, ctx, 'rateLimits.read', id)
    return versionsOf(tx, ctx, { kind: 'rate_limit', id })
  })
}
