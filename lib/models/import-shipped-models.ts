import {
  PRICE_SOURCE,
  PRICE_SOURCE_DATE,
  SANDBOX_PRICE_SOURCE,
  type ShippedModel,
} from '#core/catalog/shipped-model.ts'
import { shippedModelsFor } from '#core/catalog/shipped-models.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { findProvider } from '#lib/providers/find-provider.ts'
import { insertModel } from './insert-model.ts'
import { requireNewModel } from './model-terms.ts'
import { CreateModelInput, type ImportedModelsDto, ImportShippedModelsInput } from './schema.ts'

/** Adds the shipped models of a provider with their list prices; what the catalog has already is left alone. */
export async function importShippedModels({ ctx, input }: VerbArgs): Promise<ImportedModelsDto> {
  requirePermission(ctx, 'models.manage')
  const { providerId, identifiers, lifecycle } = parseInput(ImportShippedModelsInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    await requireNewModel(tx, ctx, lifecycle)
    const shipped = shippedModelsFor(await findProvider(tx, providerId))
    if (shipped.length === 0) throw invalid('providerId', 'No models are shipped for this provider. Add them by hand.')
    const wanted = identifiers ? shipped.filter(model => identifiers.includes(model.identifier)) : shipped
    const unknown = (identifiers ?? []).filter(name => !shipped.some(model => model.identifier === name))
    if (unknown.length > 0) throw invalid('identifiers', `Not shipped for this provider: ${unknown.join(', ')}.`)
    const taken = await takenNames(tx)
    const result: ImportedModelsDto = { created: [], skipped: [] }
    for (const model of wanted) {
      if (taken.has(model.identifier)) {
        result.skipped.push({ identifier: model.identifier, reason: 'The catalog has this name already.' })
        continue
      }
      const input = CreateModelInput.parse({ providerId, lifecycle, ...shippedFacts(model) })
      const { id } = await insertModel(tx, ctx, input, 'shipped')
      result.created.push({ id, identifier: model.identifier })
    }
    return result
  })
}

/** What the shipped list says of a model, as `createModel` takes it. */
export function shippedFacts(model: ShippedModel): object {
  const { vendor, note, usdPerMillionTokens, ...facts } = model
  return {
    ...facts,
    restrictions: note ?? '',
    price: {
      usdPerMillionTokens,
      source: vendor === 'sandbox' ? SANDBOX_PRICE_SOURCE : PRICE_SOURCE,
      sourceDate: PRICE_SOURCE_DATE,
    },
  }
}

async function takenNames(tx: Transaction): Promise<Set<string>> {
  const models = await tx.model.findMany({ select: { identifier: true, aliases: true } })
  return new Set(models.flatMap(model => [model.identifier, ...model.aliases]))
}
