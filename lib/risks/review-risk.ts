import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockOpenRisk } from './find-risk.ts'
import { getRisk } from './get-risk.ts'
import { keepRisk } from './keep-risk.ts'
import { ReviewRiskInput, type RiskDetailDto } from './schema.ts'

/** Says that somebody has looked at a risk, and when somebody looks again. */
export async function reviewRisk({ ctx, input }: VerbArgs): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.manage')
  const { id, reviewAt, note } = parseInput(ReviewRiskInput, input)
  return transact(ctx, async tx => {
    const before = await lockOpenRisk(tx, ctx, id)
    if (Date.parse(reviewAt) <= Date.now()) throw invalid('reviewAt', 'The next review lies in the future.')
    const data = { reviewAt: new Date(reviewAt), version: before.version + 1, updatedAt: new Date() }
    const after = await tx.risk.update({ where: { id }, data })
    await keepRisk(tx, ctx, { before, after, action: 'risk.reviewed', reason: note })
    return getRisk({ ...ctx, tx }, id)
  })
}
