import type { TierDocument } from '#core/contracts/config-documents.ts'
import type { Guardrails } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'

/**
 * The tier that a request is declared with: the higher of what its key fixes and its caller says, else the lowest. A
 * caller can raise a tier and never lower it. Null when the organization has no tiers.
 */
export function declaredTier(exchange: Exchange, guardrails: Guardrails): TierDocument | null {
  if (guardrails.plan.tiers.length === 0) return null
  const said = exchange.attribution.dataClass
  const fixed = exchange.key?.document.tier ?? null
  // A tier that is fixed and gone is unknown, so nothing less than the highest is safe.
  const ofKey = fixed === null ? guardrails.lowest : (guardrails.tierNamed(fixed) ?? guardrails.highest)
  if (said === null) return ofKey
  const ofCaller = guardrails.tierNamed(said)
  if (!ofCaller) {
    const names = guardrails.plan.tiers.map(tier => tier.name).join(', ')
    const words = `"${said}" is no classification tier of this organization. Send one of ${names} in x-gatehouse-data-class, or leave it out.`
    throw new Refusal(400, 'unknown_data_class', words, { param: 'x-gatehouse-data-class', rule: 'tier:unknown' })
  }
  return ofKey && ofKey.rank > ofCaller.rank ? ofKey : ofCaller
}
