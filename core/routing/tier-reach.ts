import type { TierDocument } from '#core/contracts/config-documents.ts'
import type { RoutableModel, RoutableProvider } from './routable-model.ts'

/** The region names that are stated for a model at its provider; none stated, none known. */
export function regionsOf(model: RoutableModel, provider: RoutableProvider): string[] {
  const { region } = provider.document
  return [...new Set([...model.document.regions, ...(region === null ? [] : [region])])]
}

/** Whether all that is stated of where a model runs lies within the regions asked for; what states nothing may be anywhere. */
export function isWithin(regions: readonly string[], model: RoutableModel, provider: RoutableProvider): boolean {
  if (regions.length === 0) return true
  const stated = regionsOf(model, provider)
  return stated.length > 0 && stated.every(region => regions.includes(region))
}

/** Why a model at its provider may not see data of a tier; null when it may. `tiers`: lowest rank first. */
export function tierExclusion(
  model: RoutableModel,
  provider: RoutableProvider,
  tier: TierDocument,
  tiers: readonly TierDocument[],
): 'tier' | 'tier_provider' | 'tier_region' | null {
  if (!isApprovedFor(model.document.tiers, tier, tiers)) return 'tier'
  if (tier.providerIds.length > 0 && !tier.providerIds.includes(provider.id)) return 'tier_provider'
  return isWithin(tier.regions, model, provider) ? null : 'tier_region'
}

/** A model is approved for the tiers it names and all below; one that names none, for the lowest only. Lowest rank first. */
export function isApprovedFor(
  named: readonly string[],
  tier: Pick<TierDocument, 'name' | 'rank'>,
  tiers: readonly Pick<TierDocument, 'name' | 'rank'>[],
): boolean {
  if (tier.name === tiers[0]?.name) return true
  for (const name of named) {
    const wanted = name.toLowerCase()
    const approved = tiers.find(one => one.name.toLowerCase() === wanted)
    if (approved && approved.rank >= tier.rank) return true
  }
  return false
}
