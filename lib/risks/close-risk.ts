import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockOpenRisk } from './find-risk.ts'
import { getRisk } from './get-risk.ts'
import { keepRisk } from './keep-risk.ts'
import { CloseRiskInput, type RiskDetailDto } from './schema.ts'

/** Closes a risk that is none any more; it stays on record. */
export async function closeRisk({ ctx, input }: VerbArgs): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.manage')
  const { id, reason } = parseInput(CloseRiskInput, input)
  return transact(ctx, async tx => {
    const before = await lockOpenRisk(tx, ctx, id)
    const now = new Date()
    const after = await tx.risk.update({
      where: { id },
      data: { closedAt: now, version: before.version + 1, updatedAt: now },
    })
    await keepRisk(tx, ctx, { before, after, action: 'risk.closed', reason })
    return getRisk({ ...ctx, tx }, id)
  })
}
