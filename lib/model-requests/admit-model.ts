import { isForEverybody } from '#core/catalog/only-for.ts'
import { shippedModelsFor } from '#core/catalog/shipped-models.ts'
import { shippedFacts } from '#lib/models/import-shipped-models.ts'
import { insertModel } from '#lib/models/insert-model.ts'
import type { FullModel } from '#lib/models/model-dto.ts'
import { onlyForOf } from '#lib/models/model-terms.ts'
import { CreateModelInput } from '#lib/models/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { lockCatalog } from '#lib/providers/catalog-lock.ts'
import { findProvider } from '#lib/providers/find-provider.ts'
import { findModelRequest, keepModelRequest } from './request-record.ts'

const DAY_MS = 86_400_000
/** A model that was let in is looked at again after half a year. */
const REVIEW_DAYS = 182

/**
 * Puts the model of an approved request into the catalog, with what the shipped list knows of it: approved, or
 * restricted when the request names whom it is for. Whoever asked owns it until somebody else is named.
 */
export async function admitModel(tx: Transaction, ctx: Context, requestId: string): Promise<FullModel> {
  await lockCatalog(tx, ctx)
  const before = await findModelRequest(tx, ctx, requestId)
  const provider = await findProvider(tx, before.providerId ?? '')
  const shipped = shippedModelsFor(provider).find(({ identifier }) =>
    [before.identifier, before.upstreamModel].includes(identifier),
  )
  const onlyFor = onlyForOf(before)
  const owner = await tx.person.findFirst({
    where: { id: before.requesterId ?? '', organizationId: ctx.organizationId },
  })
  const entry = CreateModelInput.parse({
    ...(shipped ? shippedFacts(shipped) : {}),
    providerId: provider.id,
    identifier: before.identifier,
    displayName: before.displayName,
    upstreamModel: before.upstreamModel,
    dialects: before.dialects,
    tiers: before.tiers,
    ...(provider.region ? { regions: [provider.region] } : {}),
    onlyFor,
    ownerId: owner?.id ?? null,
    reviewBy: new Date(Date.now() + REVIEW_DAYS * DAY_MS).toISOString().slice(0, 10),
    lifecycle: isForEverybody(onlyFor) ? 'approved' : 'restricted',
  })
  const model = await insertModel(tx, ctx, entry, 'request', `Asked for by ${before.requesterName}`)
  const data = { state: 'approved', modelId: model.id, version: { increment: 1 } }
  const after = await tx.modelRequest.update({ where: { id: requestId }, data })
  await keepModelRequest(tx, ctx, { before, after, action: 'model_request.approved', reason: '' })
  return model
}
