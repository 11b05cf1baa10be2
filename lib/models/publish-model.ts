import { DIALECTS, type Dialect } from '#core/contracts/config-documents.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { findModel } from './find-model.ts'
import { type FullModel, ownOf, substitutesOf } from './model-dto.ts'
import { onlyForOf } from './model-terms.ts'
import { byClass } from './price-amounts.ts'

const IN_FLIGHT_MS = 86_400_000

/** Publishes a model as the gateways know it and returns it as it now is. */
export async function publishModel(tx: Transaction, ctx: Context, id: string): Promise<FullModel> {
  return publishFound(tx, ctx, await findModel(tx, id))
}

/** The same for one that was just read. */
export async function publishFound(tx: Transaction, ctx: Context, model: FullModel): Promise<FullModel> {
  const { id } = model
  await publishConfig(tx, ctx, 'model', id, {
    identifier: model.identifier,
    displayName: model.displayName,
    aliases: model.aliases,
    providerId: model.providerId,
    upstreamModel: model.upstreamModel,
    dialects: model.dialects.filter((dialect): dialect is Dialect => (DIALECTS as readonly string[]).includes(dialect)),
    lifecycle: model.lifecycle,
    sunsetAt: model.sunsetAt?.toISOString() ?? null,
    contextWindow: model.contextWindow,
    maxOutputTokens: model.maxOutputTokens,
    tiers: model.tiers,
    regions: model.regions,
    substitutes: substitutesOf(model),
    onlyFor: onlyForOf(model),
    own: ownOf(model),
    createdAt: model.createdAt.toISOString(),
    prices: relevantPrices(model).map(price => ({
      id: price.id,
      validFrom: price.validFrom.toISOString(),
      ...byClass(tokenClass => price[tokenClass]?.toString() ?? null),
    })),
  })
  await announce(tx, ctx, 'config', id)
  return model
}

/** Prices to come, and those that a request still running may have begun under; oldest first. */
function relevantPrices({ prices }: FullModel): FullModel['prices'] {
  const since = new Date(Date.now() - IN_FLIGHT_MS)
  const inForceThen = prices.find(price => price.validFrom <= since)
  return prices.filter(price => price === inForceThen || price.validFrom > since).toReversed()
}

/** The fields of a model that its versions keep. */
export function auditedModel(model: FullModel): object {
  const { provider, prices, versions, createdAt, updatedAt, organizationId, id, source, ...facts } = model
  return facts
}
