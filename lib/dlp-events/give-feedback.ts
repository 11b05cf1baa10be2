import { detectorName } from '#lib/detectors/detector-name.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { dlpEventDtos, findDlpEvent } from './queries.ts'
import { type DlpEventDto, GiveFeedbackInput } from './schema.ts'

/** Says whether a finding was right; rates per detector count it. */
export async function giveFeedback({ ctx, input }: VerbArgs): Promise<DlpEventDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { id, feedback, note } = parseInput(GiveFeedbackInput, input)
  return transact(ctx, async tx => {
    const before = await findDlpEvent(tx, ctx, id)
    const given = feedback !== null
    const data = {
      feedback,
      feedbackNote: given && note ? note : null,
      feedbackBy: given ? ctx.actor.name : null,
      feedbackAt: given ? new Date() : null,
    }
    await tx.dlpEvent.updateMany({ where: { id, organizationId: ctx.organizationId }, data })
    await audit(tx, ctx, {
      action: 'dlp_event.judged',
      subject: { kind: 'dlp_event', id, name: await detectorName(tx, ctx, before.detector) },
      before: { feedback: before.feedback },
      after: { feedback },
      ...(note ? { reason: note } : {}),
    })
    const [dto] = await dlpEventDtos(tx, ctx, [{ ...before, ...data }])
    if (!dto) throw new Error('a finding has gone')
    return dto
  })
}
