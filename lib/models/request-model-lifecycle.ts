import { widenings } from '#core/catalog/terms-of-use.ts'
import { openApproval } from '#lib/approvals/open-approval.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { requireTierNames } from '#lib/tiers/tier-name.ts'
import { findModel } from './find-model.ts'
import { newTerms } from './lifecycle-change.ts'
import { lifecycleSnapshot, modelLifecycleKind } from './model-lifecycle-kind.ts'
import { checkOnlyFor, termsOf } from './model-terms.ts'
import { ChangeModelLifecycleInput, type ModelLifecycleRequestedDto } from './schema.ts'

/** Asks that more may be done with a model; others decide. Throws `conflict` for what only narrows: that needs nobody. */
export async function requestModelLifecycle({ ctx, input }: VerbArgs): Promise<ModelLifecycleRequestedDto> {
  requirePermission(ctx, 'models.manage')
  const { id, reason, ...change } = parseInput(ChangeModelLifecycleInput, input)
  if (ctx.actor.id === null) throw new DomainError('permission_denied', 'A request needs somebody who asks.')
  return transact(ctx, async tx => {
    const model = await findModel(tx, id)
    const before = termsOf(model)
    if (change.tiers) change.tiers = await requireTierNames(tx, ctx, change.tiers, { had: before.tiers })
    const after = newTerms(before, change)
    await checkOnlyFor(tx, ctx, after.onlyFor)
    if (widenings(before, after).length === 0) {
      throw conflict(`This lets nobody do more with ${model.displayName}. Change it; nobody has to approve it.`)
    }
    const request = await openApproval(tx, ctx, {
      kind: modelLifecycleKind,
      subjectId: id,
      title: `${model.identifier} ${after.lifecycle.replace('_', ' ')}`,
      reason,
      snapshot: await lifecycleSnapshot(tx, model, after),
      risk: after.tiers.length > before.tiers.length || before.lifecycle === 'blocked' ? 'high' : 'medium',
      tiers: [...before.tiers, ...after.tiers],
      rule: before.lifecycle === 'blocked' ? 'Blocked models come back by decision' : 'Wider use of models is decided',
    })
    return { approvalId: request.id, state: request.state }
  })
}
