import type { TierDocument } from '#core/contracts/config-documents.ts'
import type { Guardrails } from '#gateway/config/guardrails.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { dataOf } from './request-data.ts'

/**
 * The tier that a request is declared with: the highest of what its key fixes, what its data sources have and what its
 * caller says, else the lowest. A caller can raise a tier and never lower it. Null when the organization has no tiers.
 */
export function declaredTier(exchange: Exchange, guardrails: Guardrails): TierDocument | null {
  const data = dataOf(exchange, guardrails)
  exchange.dataSources = data.sources
  if (guardrails.plan.tiers.length === 0) return null
  const fixed = [exchange.key?.document.tier, ...data.sources.map(source => source.tier)]
  // What is fixed and gone is unknown, so nothing less than the highest is safe.
  let tier = data.unknown ? guardrails.highest : guardrails.lowest
  for (const name of fixed) {
    if (name !== null && name !== undefined) tier = higher(tier, guardrails.tierNamed(name) ?? guardrails.highest)
  }
  return higher(tier, saidTier(exchange, guardrails))
}

function higher(one: TierDocument | null, other: TierDocument | null): TierDocument | null {
  if (!one || !other) return one ?? other
  return other.rank > one.rank ? other : one
}

/** What the caller says; null when that is nothing. Throws a 400 for a tier that there is not. */
function saidTier({ attribution }: Exchange, guardrails: Guardrails): TierDocument | null {
  const said = attribution.dataClass
  if (said === null) return null
  const tier = guardrails.tierNamed(said)
  if (tier) return tier
  const names = guardrails.plan.tiers.map(one => one.name).join(', ')
  const words = `"${said}" is no classification tier of this organization. Send one of ${names} in x-gatehouse-data-class, or leave it out.`
  throw new Refusal(400, 'unknown_data_class', words, { param: 'x-gatehouse-data-class', rule: 'tier:unknown' })
}

/** Keeps the candidates that may see data of the request's tier. Throws a 403 that names the tier when none may. */
export function keepForTier(exchange: Exchange, tier: TierDocument, guardrails: Guardrails): void {
  const { candidates } = exchange
  const kept = candidates.filter(candidate => refusedBy(exchange, candidate, tier, guardrails) === null)
  if (kept.length > 0) {
    exchange.candidates = kept
    return
  }
  const [first] = candidates
  const reason = first ? refusedBy(exchange, first, tier, guardrails) : 'no model is left'
  const raised = exchange.raisedBy ? ` What was found in it (${exchange.raisedBy}) raised it to that tier.` : ''
  const words = `This request is classified ${tier.name}, and ${reason}.${raised} Use a model that is approved for ${tier.name}, or remove the data.`
  throw new Refusal(403, 'tier_not_allowed', words, { param: 'model', rule: `tier:${tier.name}` })
}

/** Why a candidate may not see data of a tier, in words; null when it may. */
function refusedBy(
  { dataSources }: Exchange,
  { model, provider }: Candidate,
  tier: TierDocument,
  guardrails: Guardrails,
): string | null {
  const name = `"${model.document.identifier}"`
  const highest = Math.max(
    ...model.document.tiers.map(one => guardrails.tierNamed(one)?.rank ?? Number.NEGATIVE_INFINITY),
  )
  // A model that names no tier is approved for the lowest only.
  if (highest < tier.rank && tier !== guardrails.lowest) return `the model ${name} is not approved for that tier`
  if (tier.providerIds.length > 0 && !tier.providerIds.includes(provider.id)) {
    return `the provider ${provider.document.name} may not see that tier`
  }
  const { region } = provider.document
  if (tier.regions.length > 0 && (region === null || !tier.regions.includes(region))) {
    return `that tier stays in ${tier.regions.join(', ')}, while ${provider.document.name} is in ${region ?? 'no stated region'}`
  }
  for (const source of dataSources) {
    if (source.regions.length > 0 && (region === null || !source.regions.includes(region))) {
      return `its data from ${source.name} stays in ${source.regions.join(', ')}, while ${provider.document.name} is in ${region ?? 'no stated region'}`
    }
  }
  return null
}
