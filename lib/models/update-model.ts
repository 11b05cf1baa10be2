import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { requireTierNames } from '#lib/tiers/tier-name.ts'
import { checkModelNames, checkSubstitutes, findModel } from './find-model.ts'
import { keepModel } from './keep-model.ts'
import { modelColumns } from './model-columns.ts'
import { modelDto } from './model-dto.ts'
import { checkOwner, requireWidening, termsOf } from './model-terms.ts'
import { publishModel } from './publish-model.ts'
import { type ModelDto, UpdateModelInput } from './schema.ts'

/**
 * Changes what is known of a model. Its identifier stays: clients use it; a new name is an alias. That it may see
 * further classes of data is a change of its terms, which others may have to approve.
 */
export async function updateModel({ ctx, input }: VerbArgs): Promise<ModelDto> {
  requirePermission(ctx, 'models.manage')
  const { id, ...data } = parseInput(UpdateModelInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findModel(tx, id)
    if (data.aliases) await checkModelNames(tx, [before.identifier, ...data.aliases], id)
    if (data.substitutes) await checkSubstitutes(tx, data.substitutes, id)
    await checkOwner(tx, ctx, data.ownerId)
    if (data.tiers) data.tiers = await requireTierNames(tx, ctx, data.tiers, { had: before.tiers })
    const terms = termsOf(before)
    await requireWidening(tx, ctx, terms, { ...terms, tiers: data.tiers ?? terms.tiers })
    await tx.model.update({ where: { id }, data: { ...modelColumns(data), version: { increment: 1 } } })
    const after = await publishModel(tx, ctx, id)
    await keepModel(tx, ctx, { before, after, action: 'model.updated', reason: '' })
    return modelDto(after)
  })
}
