import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { checkModelNames, checkSubstitutes, findModel } from './find-model.ts'
import { modelDto } from './model-dto.ts'
import { auditedModel, publishModel } from './publish-model.ts'
import { type ModelDto, UpdateModelInput } from './schema.ts'

/** Changes what is known of a model. Its identifier stays: clients use it; a new name is an alias. */
export async function updateModel({ ctx, input }: VerbArgs): Promise<ModelDto> {
  requirePermission(ctx, 'models.manage')
  const { id, ...data } = parseInput(UpdateModelInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findModel(tx, id)
    if (data.aliases) await checkModelNames(tx, [before.identifier, ...data.aliases], id)
    if (data.substitutes) await checkSubstitutes(tx, data.substitutes, id)
    await tx.model.update({ where: { id }, data })
    const after = await publishModel(tx, ctx, id)
    await audit(tx, ctx, {
      action: 'model.updated',
      subject: { kind: 'model', id, name: after.identifier },
      before: auditedModel(before),
      after: auditedModel(after),
    })
    return modelDto(after)
  })
}
