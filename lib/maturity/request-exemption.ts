import { openApproval } from '#lib/approvals/open-approval.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { criterionExemptionKind } from './criterion-exemption-kind.ts'
import { criterionOf, criterionRecordId } from './find-record.ts'
import { type ApprovalAskedDto, RequestExemptionInput } from './schema.ts'

/** Asks the board to excuse a criterion that does not apply here, for a time. */
export async function requestExemption({ ctx, input }: VerbArgs): Promise<ApprovalAskedDto> {
  requirePermission(ctx, 'maturity.manage')
  const { criterionId, reason, days } = parseInput(RequestExemptionInput, input)
  const criterion = criterionOf(criterionId)
  if (criterion.kind === 'entry') throw invalid('criterionId', 'Only exit criteria keep an organization in its stage.')
  return transact(ctx, async tx => {
    const request = await openApproval(tx, ctx, {
      kind: criterionExemptionKind,
      subjectId: criterionRecordId(ctx.organizationId, criterionId),
      title: `Excuse ${criterionId} for ${days} days`,
      reason,
      snapshot: { criterionId, text: criterion.text, reason, days },
      risk: 'high',
      rule: 'The review board excuses criteria',
    })
    return { approvalId: request.id }
  })
}
