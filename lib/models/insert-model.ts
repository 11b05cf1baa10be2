import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { checkModelNames, checkSubstitutes, findModel } from './find-model.ts'
import type { FullModel } from './model-dto.ts'
import { addPriceRow, dayOf } from './price-row.ts'
import { auditedModel, publishModel } from './publish-model.ts'
import type { CreateModelInput } from './schema.ts'

/**
 * Writes, audits and publishes a new model. The caller holds the catalog's lock and has found the provider.
 * @param source where the entry comes from: `manual` or `shipped`
 */
export async function insertModel(
  tx: Transaction,
  ctx: Context,
  data: CreateModelInput,
  source: string,
): Promise<FullModel> {
  const { price, displayName, upstreamModel, ...facts } = data
  await checkModelNames(tx, [data.identifier, ...data.aliases])
  await checkSubstitutes(tx, data.substitutes)
  const { id } = await tx.model.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      ...facts,
      displayName: displayName ?? data.identifier,
      upstreamModel: upstreamModel ?? data.identifier,
      source,
    },
  })
  const model = await findModel(tx, id)
  await audit(tx, ctx, {
    action: 'model.created',
    subject: { kind: 'model', id, name: model.identifier },
    after: auditedModel(model),
  })
  if (price) {
    const { usdPerMillionTokens: amounts, validFrom, sourceDate } = price
    await addPriceRow(tx, ctx, model, {
      amounts,
      source: price.source,
      sourceDate: dayOf(sourceDate),
      ...(validFrom ? { validFrom: new Date(validFrom) } : {}),
    })
  }
  return publishModel(tx, ctx, id)
}
