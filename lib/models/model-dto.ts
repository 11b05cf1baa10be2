import { z } from 'zod'
import { Substitute } from '#core/routing/route.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { completenessOf } from './completeness.ts'
import { onlyForOf } from './model-terms.ts'
import { modelPriceDto, priceAt } from './price-amounts.ts'
import type { ModelDto } from './schema.ts'

export const WITH_PROVIDER_AND_PRICES = {
  provider: { select: { name: true } },
  prices: { orderBy: { validFrom: 'desc' } },
  versions: { where: { inServiceSince: { not: null } }, take: 1 },
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
    onlyFor: onlyForOf(model),
    own: ownOf(model),
    ownerId: model.ownerId,
    lineage: model.lineage,
    retentionDays: model.retentionDays,
    trainingOptOut: model.trainingOptOut,
    reviewBy: dayText(model.reviewBy),
    providerEnd: model.providerEndsOn && {
      on: dayText(model.providerEndsOn) ?? '',
      source: model.providerEndSource,
    },
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

/** The version in service of a model that the organization made itself. */
export function ownOf({ versions: [version] }: Pick<FullModel, 'versions'>): ModelDto['own'] {
  return version ? { version: version.label, digest: version.digest, signedOff: version.signedOffAt !== null } : null
}

function dayText(day: Date | null): string | null {
  return day?.toISOString().slice(0, 10) ?? null
}
