import type { TierDocument } from '#core/contracts/config-documents.ts'
import { isWithinCeiling, modelExemption, tierExemption } from '#core/exemptions/evaluate.ts'
import type { ExemptionRecord } from '#core/exemptions/exemption.ts'
import type { Exclusion } from './explanation.ts'
import type { PlannedCandidate } from './plan-route.ts'
import type { RoutableModel, RoutableProvider } from './routable-model.ts'
import { isWithin, tierExclusion } from './tier-reach.ts'

type Candidate = Pick<PlannedCandidate<RoutableModel, RoutableProvider>, 'model' | 'exclusions' | 'exemptions'>

/** What an exemption for a model lifts. */
const MODEL_RULES: readonly Exclusion[] = ['lifecycle', 'use_restricted']

/** Takes away what an exemption for its model lifts, and notes the exemption. A blocked model stays blocked. */
export function exemptFromModelRules(
  { model, exclusions, exemptions }: Candidate,
  all: readonly ExemptionRecord[],
): void {
  if (all.length === 0 || exclusions.length === 0 || model.document.lifecycle === 'blocked') return
  const kept = exclusions.filter(one => !MODEL_RULES.includes(one))
  const exemption = kept.length < exclusions.length ? modelExemption(all, model.id) : null
  if (!exemption) return
  exemptions.push(exemption.id)
  exclusions.splice(0, exclusions.length, ...kept)
}

/** Whether a request turns out to be more sensitive than the exemptions by which a candidate may serve reach. */
export function isBeyondCeiling(
  { exemptions }: Candidate,
  all: readonly ExemptionRecord[],
  tier: TierDocument | null,
  tiers: readonly TierDocument[],
): boolean {
  if (exemptions.length === 0) return false
  const used = all.filter(({ id }) => exemptions.includes(id))
  return used.some(({ document }) => !isWithinCeiling(document, tier, tiers))
}

/** Why a candidate may not see a tier. An exemption lifts what it is approved for, never where data may be processed. */
export function exemptedTierExclusion(
  { model, exemptions }: Candidate,
  provider: RoutableProvider,
  all: readonly ExemptionRecord[],
  tier: TierDocument,
  tiers: readonly TierDocument[],
): Exclusion | null {
  const exclusion = tierExclusion(model, provider, tier, tiers)
  if (all.length === 0 || exclusion === null || exclusion === 'tier_region') return exclusion
  const exemption = tierExemption(all, { modelId: model.id, providerId: provider.id }, tier, tiers)
  if (!exemption) return exclusion
  exemptions.push(exemption.id)
  return isWithin(tier.regions, model, provider) ? null : 'tier_region'
}
