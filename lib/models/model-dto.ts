import { z } from 'zod'
import { Substitute } from '#core/routing/route.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { modelPriceDto, priceAt } from './price-amounts.ts'
import type { ModelDto } from './schema.ts'

export const WITH_PROVIDER_AND_PRICES = {
  provider: { select: { name: true } },
  prices: { orderBy: { validFrom: 'desc' } },
} as const satisfies Prisma.ModelInclude
export type FullModel = Prisma.ModelGetPayload<{ include: typeof WITH_PROVIDER_AND_PRICES }>

export function modelDto(model: FullModel): ModelDto {
  const price = priceAt(model.prices, new Date())
  return {
    id: model.id,
    identifier: model.identifier,
    displayName: model.displayName,
    providerId: model.providerId,
    providerName: model.provider.name,
    upstreamModel: model.upstreamModel,
    aliases: model.aliases,
    dialects: model.dialects,
    capabilities: model.capabilities,
    modalities: model.modalities,
    contextWindow: model.contextWindow,
    maxOutputTokens: model.maxOutputTokens,
    tiers: model.tiers,
    regions: model.regions,
    restrictions: model.restrictions,
    substitutes: substitutesOf(model),
    lifecycle: model.lifecycle,
    sunsetAt: model.sunsetAt?.toISOString() ?? null,
    source: model.source,
    price: price ? modelPriceDto(price) : null,
    completeness: completenessOf(model, price),
    createdAt: model.createdAt.toISOString(),
    updatedAt: model.updatedAt.toISOString(),
  }
}

/** Who may stand in for a model, best first. */
export function substitutesOf({ substitutes }: Pick<FullModel, 'substitutes'>): Substitute[] {
  return z.array(Substitute).parse(substitutes)
}

/** Which of the facts that decisions rest on are known. A model of embeddings or moderations has no output to bound or price. */
export function completenessOf(
  model: FullModel,
  price: { input: bigint | null; output: bigint | null } | null,
): ModelDto['completeness'] {
  const generates = model.dialects.some(dialect => dialect !== 'embeddings' && dialect !== 'moderations')
  const facts: Record<string, boolean> = {
    capabilities: model.capabilities.length > 0 || !generates,
    modalities: model.modalities.length > 0,
    contextWindow: model.contextWindow !== null,
    ...(generates ? { maxOutputTokens: model.maxOutputTokens !== null } : {}),
    tiers: model.tiers.length > 0,
    regions: model.regions.length > 0,
    inputPrice: price !== null && price.input !== null,
    ...(generates ? { outputPrice: price !== null && price.output !== null } : {}),
  }
  const missing = Object.keys(facts).filter(fact => !facts[fact])
  const of = Object.keys(facts).length
  return { known: of - missing.length, of, missing }
}
