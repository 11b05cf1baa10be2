import { STAGE_NAMES, type Stage } from '#core/maturity/criterion.ts'
import { obstacles } from '#core/maturity/stage-of.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { assess } from './assess.ts'
import { type ApprovalAskedDto, RequestAdvancementInput } from './schema.ts'
import { advancementSnapshot, stageAdvancementKind } from './stage-advancement-kind.ts'

/** Puts the next stage before the board, with every state as it is now. Throws `conflict` while something is unmet. */
export async function requestAdvancement({ ctx, input }: VerbArgs): Promise<ApprovalAskedDto> {
  requirePermission(ctx, 'maturity.manage')
  const { reason } = parseInput(RequestAdvancementInput, input)
  return transact(ctx, async tx => {
    const assessment = await assess(tx, ctx)
    const { stage, results } = assessment
    if (stage === 3) throw conflict('There is no stage after the third: it is kept, not left.')
    const unmet = obstacles(stage, results)
    if (unmet.length > 0) {
      const ids = unmet.map(({ id }) => id).join(', ')
      throw conflict(
        `${unmet.length} exit criteria of stage ${stage} are not met: ${ids}. Meet them or have them excused.`,
      )
    }
    const next = (stage + 1) as Stage
    const request = await openApproval(tx, ctx, {
      kind: stageAdvancementKind,
      subjectId: ctx.organizationId,
      title: `Advance to stage ${next}, ${STAGE_NAMES[next]}`,
      reason,
      snapshot: advancementSnapshot(assessment),
      risk: 'high',
      rule: 'The review board decides on stages',
    })
    return { approvalId: request.id }
  })
}
