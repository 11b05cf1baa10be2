import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { findProvider } from '#lib/providers/find-provider.ts'
import { planPriceImport } from './plan-price-import.ts'
import { PreviewPriceImportInput, type PriceImportPreviewDto } from './price-import-schema.ts'

/** Shows what a price file would change, and changes nothing. */
export async function previewPriceImport({ ctx, input }: VerbArgs): Promise<PriceImportPreviewDto> {
  requirePermission(ctx, 'models.manage')
  const data = parseInput(PreviewPriceImportInput, input)
  return read(ctx, async tx => {
    if (data.providerId) await findProvider(tx, data.providerId)
    return (await planPriceImport(tx, data)).preview
  })
}
