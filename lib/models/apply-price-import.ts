import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { findProvider } from '#lib/providers/find-provider.ts'
import { findModel } from './find-model.ts'
import { planPriceImport } from './plan-price-import.ts'
import { type AppliedPriceImportDto, ApplyPriceImportInput } from './price-import-schema.ts'
import { addPriceRow, dayOf } from './price-row.ts'
import { publishModel } from './publish-model.ts'

/**
 * Adds the prices of a file as from now. Throws `conflict` when the file or the catalog is not as it was when
 * the preview with this hash was made: what is applied is what was looked at.
 */
export async function applyPriceImport({ ctx, input }: VerbArgs): Promise<AppliedPriceImportDto> {
  requirePermission(ctx, 'models.manage')
  const data = parseInput(ApplyPriceImportInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    if (data.providerId) await findProvider(tx, data.providerId)
    const { preview, changes } = await planPriceImport(tx, data)
    if (preview.hash !== data.hash) {
      throw conflict('The file or the catalog has changed since the preview. Look at a new preview first.')
    }
    for (const { modelId, after } of changes) {
      await addPriceRow(tx, ctx, await findModel(tx, modelId), {
        amounts: after,
        source: 'price file import',
        sourceDate: dayOf(undefined),
      })
      await publishModel(tx, ctx, modelId)
    }
    if (changes.length > 0) {
      await audit(tx, ctx, {
        action: 'catalog.prices_imported',
        subject: { kind: 'catalog', id: ctx.organizationId, name: 'Model catalog' },
        after: { hash: preview.hash, counts: preview.counts },
      })
    }
    return { hash: preview.hash, changed: changes.length, unchanged: preview.counts.unchanged ?? 0 }
  })
}
