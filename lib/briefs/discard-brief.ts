import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockDraft } from './find-brief.ts'
import { DiscardBriefInput } from './schema.ts'

/** Gives a brief up; it stays on record. */
export async function discardBrief({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'workloads.propose')
  const { id, reason } = parseInput(DiscardBriefInput, input)
  return transact(ctx, async tx => {
    const { name, state } = await lockDraft(tx, ctx, id)
    await tx.brief.update({ where: { id }, data: { state: 'discarded', updatedAt: new Date() } })
    await audit(tx, ctx, {
      action: 'brief.discarded',
      subject: { kind: 'brief', id, name },
      before: { state },
      ...(reason ? { reason } : {}),
    })
    return { id }
  })
}
