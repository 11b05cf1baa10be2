import { lockApproval } from '#lib/approvals/find-approval.ts'
import { settleApproval } from '#lib/approvals/settle-approval.ts'
import { checkOnlyFor, onlyForOf, restrictedTo } from '#lib/models/model-terms.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireTierNames } from '#lib/tiers/tier-name.ts'
import { askForDecision } from './ask-for-decision.ts'
import { findModelRequest, keepModelRequest, lockModelRequest, modelRequestDto, readBeside } from './request-record.ts'
import { type ModelRequestDto, ReviewModelRequestInput } from './schema.ts'

/**
 * Says where a model that was asked for would run and on what terms, and puts that before those who decide. What
 * waited for their decision under other terms is void: nobody approves what they have not read.
 */
export async function reviewModelRequest({ ctx, input }: VerbArgs): Promise<ModelRequestDto> {
  requirePermission(ctx, 'models.manage')
  const { id, onlyFor: restrictions, ...change } = parseInput(ReviewModelRequestInput, input)
  return transact(ctx, async tx => {
    const before = await lockModelRequest(tx, ctx, id)
    if (before.state === 'approved' || before.state === 'closed') throw conflict('This request is decided already.')
    const { organizationId } = ctx
    const provider = await tx.provider.findFirst({ where: { id: change.providerId, organizationId } })
    if (!provider) throw invalid('providerId', 'This is no provider of this organization.')
    const onlyFor = restrictions ?? onlyForOf(before)
    await checkOnlyFor(tx, ctx, onlyFor)
    const tiers = await requireTierNames(tx, ctx, change.tiers ?? before.tiers)
    if (before.approvalId) {
      const waiting = await lockApproval(
        tx,
        { ...ctx, actor: { kind: 'system', id: null, name: ctx.actor.name } },
        before.approvalId,
      )
      const outcome = `${ctx.actor.name} reviewed it; it is decided under the terms of the review.`
      if (waiting.state === 'pending') await settleApproval(tx, ctx, waiting, { state: 'voided', outcome })
    }
    const { version } = await findModelRequest(tx, ctx, id)
    const facts = {
      ...change,
      tiers,
      ...restrictedTo(onlyFor),
      providerName: provider.name,
      reviewerName: ctx.actor.name,
    }
    const data = { ...facts, state: 'awaiting_decision', version: version + 1 }
    const reviewed = await tx.modelRequest.update({ where: { id }, data })
    const { assessment: reason } = change
    await keepModelRequest(tx, ctx, { before, after: reviewed, action: 'model_request.reviewed', reason })
    const after = await askForDecision(tx, ctx, reviewed)
    return modelRequestDto(after, await readBeside(tx, ctx, [after]))
  })
}
