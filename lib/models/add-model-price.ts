import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { findModel } from './find-model.ts'
import { addPriceRow, dayOf } from './price-row.ts'
import { publishModel } from './publish-model.ts'
import { AddModelPriceInput, type ModelPriceDto } from './schema.ts'

/** Gives a model a price from a moment on. Prices of the past stay as they were. */
export async function addModelPrice({ ctx, input }: VerbArgs): Promise<ModelPriceDto> {
  requirePermission(ctx, 'models.manage')
  const { id, usdPerMillionTokens, validFrom, source, sourceDate } = parseInput(AddModelPriceInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const price = await addPriceRow(tx, ctx, await findModel(tx, id), {
      amounts: usdPerMillionTokens,
      source,
      sourceDate: dayOf(sourceDate),
      ...(validFrom ? { validFrom: new Date(validFrom) } : {}),
    })
    await publishModel(tx, ctx, id)
    return price
  })
}
