import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { checkOwner, lockOpenRisk } from './find-risk.ts'
import { getRisk } from './get-risk.ts'
import { keepRisk } from './keep-risk.ts'
import { termsOf } from './risk-record.ts'
import { AssessRiskInput, type RiskDetailDto } from './schema.ts'

/** Judges a risk anew, or says otherwise what is done about it. What was accepted before is not accepted any more. */
export async function assessRisk({ ctx, input }: VerbArgs): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.manage')
  const { id, reason, reviewAt, ...change } = parseInput(AssessRiskInput, input)
  return transact(ctx, async tx => {
    const before = await lockOpenRisk(tx, ctx, id)
    await checkOwner(tx, ctx, change.ownerId)
    const given = { ...change, ...(reviewAt ? { reviewAt: new Date(reviewAt) } : {}) }
    const judged = JSON.stringify(termsOf({ ...before, ...given })) !== JSON.stringify(termsOf(before))
    const unaccepted = judged ? { acceptedAt: null, acceptedBy: null, acceptedUntil: null } : {}
    const data = { ...given, ...unaccepted, version: before.version + 1, updatedAt: new Date() }
    const after = await tx.risk.update({ where: { id }, data })
    await keepRisk(tx, ctx, { before, after, action: 'risk.assessed', reason })
    return getRisk({ ...ctx, tx }, id)
  })
}
