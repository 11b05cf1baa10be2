import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { requireTierNames } from '#lib/tiers/tier-name.ts'
import { findModel } from './find-model.ts'
import { keepModel } from './keep-model.ts'
import { newTerms } from './lifecycle-change.ts'
import { modelDto } from './model-dto.ts'
import { checkOnlyFor, requireWidening, restrictedTo, termsOf } from './model-terms.ts'
import { publishModel } from './publish-model.ts'
import { ChangeModelLifecycleInput, type ModelDto } from './schema.ts'

/**
 * Moves a model through its life, and says whom it is for, with the reason kept. What narrows its use takes effect at
 * once. What widens it needs an approval, see `requestModelLifecycle`, unless the actor may decide that alone; it
 * throws `permission_denied` otherwise.
 */
export async function changeModelLifecycle({ ctx, input }: VerbArgs): Promise<ModelDto> {
  requirePermission(ctx, 'models.manage')
  const { id, reason, ...change } = parseInput(ChangeModelLifecycleInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findModel(tx, id)
    if (change.tiers) change.tiers = await requireTierNames(tx, ctx, change.tiers, { had: before.tiers })
    const terms = newTerms(termsOf(before), change)
    await checkOnlyFor(tx, ctx, terms.onlyFor)
    await requireWidening(tx, ctx, termsOf(before), terms)
    const { lifecycle, tiers } = terms
    const sunsetAt = terms.sunsetAt === null ? null : new Date(terms.sunsetAt)
    const data = { lifecycle, sunsetAt, tiers: [...tiers], ...restrictedTo(terms.onlyFor) }
    await tx.model.update({ where: { id }, data: { ...data, version: { increment: 1 } } })
    const after = await publishModel(tx, ctx, id)
    await keepModel(tx, ctx, { before, after, action: 'model.lifecycle_changed', reason })
    return modelDto(after)
  })
}
