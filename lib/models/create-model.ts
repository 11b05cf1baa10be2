import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { findProvider } from '#lib/providers/find-provider.ts'
import { insertModel } from './insert-model.ts'
import { modelDto } from './model-dto.ts'
import { requireNewModel } from './model-terms.ts'
import { CreateModelInput, type ModelDto } from './schema.ts'

/** Adds a model to the catalog; every gateway serves it once it is published. */
export async function createModel({ ctx, input }: VerbArgs): Promise<ModelDto> {
  requirePermission(ctx, 'models.manage')
  const data = parseInput(CreateModelInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    await findProvider(tx, data.providerId)
    await requireNewModel(tx, ctx, data.lifecycle)
    return modelDto(await insertModel(tx, ctx, data, 'manual'))
  })
}
