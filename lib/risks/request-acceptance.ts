import { openApproval } from '#lib/approvals/open-approval.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockOpenRisk } from './find-risk.ts'
import { getRisk } from './get-risk.ts'
import { riskAcceptanceKind } from './risk-acceptance-kind.ts'
import { termsOf } from './risk-record.ts'
import { AcceptRiskInput, type RiskDetailDto } from './schema.ts'

const MOST_MS = 366 * 86_400_000

/** Asks those who may to live with a risk as it stands, for a year at most. */
export async function requestAcceptance({ ctx, input }: VerbArgs): Promise<RiskDetailDto> {
  requirePermission(ctx, 'risks.manage')
  const { id, until, reason } = parseInput(AcceptRiskInput, input)
  return transact(ctx, async tx => {
    const risk = await lockOpenRisk(tx, ctx, id)
    if (risk.treatment !== 'accept') throw conflict('Say first that the risk is to be accepted: it is its treatment.')
    const end = Date.parse(until)
    if (end <= Date.now() || end > Date.now() + MOST_MS) {
      throw invalid('until', 'A risk is accepted until a day within the coming year.')
    }
    await openApproval(tx, ctx, {
      kind: riskAcceptanceKind,
      subjectId: id,
      title: `Accept the risk: ${risk.title}`,
      reason,
      snapshot: { terms: termsOf(risk), until: new Date(end).toISOString() },
      risk: 'high',
      rule: 'Acceptance of a risk',
      excludedIds: risk.ownerId ? [risk.ownerId] : [],
    })
    return getRisk({ ...ctx, tx }, id)
  })
}
