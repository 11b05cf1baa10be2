import { newId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { requireTierNames } from '#lib/tiers/tier-name.ts'
import { checkModelNames, checkSubstitutes } from './find-model.ts'
import { keepModel } from './keep-model.ts'
import { modelColumns } from './model-columns.ts'
import { type FullModel, WITH_PROVIDER_AND_PRICES } from './model-dto.ts'
import { checkOnlyFor, checkOwner, restrictedTo } from './model-terms.ts'
import { addPriceRow, dayOf } from './price-row.ts'
import { publishFound, publishModel } from './publish-model.ts'
import type { CreateModelInput } from './schema.ts'

/**
 * Writes, audits and publishes a new model. The caller holds the catalog's lock and has found the provider.
 * @param source where the entry comes from: `manual`, `shipped` or `request`
 */
export async function insertModel(
  tx: Transaction,
  ctx: Context,
  data: CreateModelInput,
  source: string,
  reason = '',
): Promise<FullModel> {
  const { price, displayName, upstreamModel, onlyFor, tiers, ...facts } = data
  await checkModelNames(tx, [data.identifier, ...data.aliases])
  await checkSubstitutes(tx, data.substitutes)
  await checkOnlyFor(tx, ctx, onlyFor)
  await checkOwner(tx, ctx, data.ownerId)
  const model = await tx.model.create({
    include: WITH_PROVIDER_AND_PRICES,
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      ...modelColumns({ ...facts, tiers: await requireTierNames(tx, ctx, tiers) }),
      ...restrictedTo(onlyFor),
      displayName: displayName ?? data.identifier,
      upstreamModel: upstreamModel ?? data.identifier,
      source,
      version: 1,
    },
  })
  await keepModel(tx, ctx, { before: null, after: model, action: 'model.created', reason })
  if (!price) return publishFound(tx, ctx, model)
  const { usdPerMillionTokens: amounts, validFrom, sourceDate } = price
  await addPriceRow(tx, ctx, model, {
    amounts,
    source: price.source,
    sourceDate: dayOf(sourceDate),
    ...(validFrom ? { validFrom: new Date(validFrom) } : {}),
  })
  return publishModel(tx, ctx, model.id)
}
