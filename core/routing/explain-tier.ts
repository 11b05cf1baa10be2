import type { TierDocument } from '#core/contracts/config-documents.ts'
import { isCallable, type RoutableModel, type RoutableProvider } from './routable-model.ts'
import { regionsOf, tierExclusion } from './tier-reach.ts'

/** Why nothing of a tier goes to a model, as a sentence; null when it may. `tiers`: lowest rank first. */
export function whyNot(
  model: RoutableModel,
  provider: RoutableProvider | null,
  tier: TierDocument,
  tiers: readonly TierDocument[],
  now: number,
): string | null {
  if (!isCallable(model, now))
    return model.sunsetAt <= now ? 'Retired' : `Not approved: ${words(model.document.lifecycle)}`
  if (!provider) return 'Its provider is not known to the gateways'
  if (!provider.document.enabled) return `${provider.document.name} is switched off`
  switch (tierExclusion(model, provider, tier, tiers)) {
    case 'tier':
      return 'Not approved for this tier'
    case 'tier_provider':
      return `${provider.document.name} may not see this tier`
    case 'tier_region': {
      const regions = regionsOf(model, provider)
      return `Runs in ${regions.join(' and ') || 'no stated region'}, the tier stays in ${tier.regions.join(', ')}`
    }
    default:
      return null
  }
}

/** What a tier makes gateways do, a sentence each. */
export function effectsOf(
  tier: TierDocument,
  providerNames: ReadonlyMap<string, string>,
  retentionDays: number,
): string[] {
  const named = tier.providerIds.map(id => providerNames.get(id) ?? 'a provider that is gone')
  const logging = {
    full: `Content is kept in full for ${retentionDays} days, where the content log is on`,
    restricted: `Content is kept for ${retentionDays} days, where the content log is on, and every read is audited`,
    metadata: 'No content is ever kept, only who called what when',
  }
  return [
    named.length > 0 ? `Goes to ${named.join(', ')} only` : 'Goes to every provider whose models are approved for it',
    tier.regions.length > 0 ? `Stays in ${tier.regions.join(', ')}` : 'May be processed in any region',
    logging[tier.contentLogging],
    tier.cacheable ? 'Answers may be kept in the response cache' : 'Answers are never kept in the response cache',
  ]
}

function words(lifecycle: string): string {
  return lifecycle.replaceAll('_', ' ')
}
