import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { criterionOf } from './find-record.ts'
import { AnswerInput } from './schema.ts'

/** Keeps what a person believes of criteria, beside what is computed. Answers anew replace one's own. */
export async function answerSelfAssessment({ ctx, input }: VerbArgs): Promise<{ answered: number }> {
  requirePermission(ctx, 'maturity.read')
  const { answers } = parseInput(AnswerInput, input)
  const { organizationId, actor } = ctx
  if (actor.kind !== 'person') throw new DomainError('permission_denied', 'Only a person can say what they believe.')
  for (const { criterionId } of answers) criterionOf(criterionId)
  return transact(ctx, async tx => {
    for (const { criterionId, answer, note } of answers) {
      const said = { answer, note, answeredAt: new Date() }
      const key = { organizationId, personId: actor.id, criterionId }
      await tx.maturityAnswer.upsert({
        where: { organizationId_personId_criterionId: key },
        create: { ...key, ...said },
        update: said,
      })
    }
    await audit(tx, ctx, {
      action: 'maturity.self_assessed',
      subject: { kind: 'maturity', id: organizationId, name: 'Self-assessment' },
      after: Object.fromEntries(answers.map(each => [each.criterionId, each.answer])),
    })
    return { answered: answers.length }
  })
}
