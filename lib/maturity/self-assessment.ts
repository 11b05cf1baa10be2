import type { CriterionState } from '#core/maturity/evaluate.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Answer, SelfAssessmentDto } from './schema.ts'

/** How many believe what, by criterion. */
export async function countAnswers(
  tx: Transaction,
  ctx: Context,
): Promise<Map<string, Omit<SelfAssessmentDto, 'disagrees'>>> {
  const rows = await tx.maturityAnswer.groupBy({
    by: ['criterionId', 'answer'],
    where: { organizationId: ctx.organizationId },
    _count: true,
  })
  const counts = new Map<string, Omit<SelfAssessmentDto, 'disagrees'>>()
  for (const { criterionId, answer, _count } of rows) {
    const found = counts.get(criterionId) ?? { yes: 0, partly: 0, no: 0, unsure: 0 }
    counts.set(criterionId, { ...found, [answer as Answer]: _count })
  }
  return counts
}

/** People disagree with the records when more of them say yes than no of what is not met, or the other way round. */
export function disagrees(counts: Omit<SelfAssessmentDto, 'disagrees'>, state: CriterionState): boolean {
  const no = counts.no + counts.partly
  if (state === 'exempt' || counts.yes === no) return false
  return counts.yes > no !== (state === 'met')
}
