import 'server-only'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { findExemption } from './find-exemption.ts'

/** What an exemption was after each change, newest first; throws `not_found` beyond the actor's reach. */
export function exemptionHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'exemptions.read')
  return read(ctx, async tx => {
    await findExemption(tx, ctx, id)
    return versionsOf(tx, ctx, { kind: 'exemption', id })
  })
}
