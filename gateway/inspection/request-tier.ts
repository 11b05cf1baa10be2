import type { TierDocument } from '#core/contracts/config-documents.ts'
import type { KeyEntry } from '#gateway/config/entries.ts'
import type { Guardrails } from '#gateway/config/guardrails.ts'
import type { WorkloadEntry } from '#gateway/config/workloads.ts'
import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import { dataOf, type RequestData } from './request-data.ts'

/**
 * The tier that a request is declared with: the highest of what its key and workload fix, what its data sources have
 * and what its caller says, else the lowest. A caller can raise a tier and never lower it. Null when the organization has no tiers.
 */
export function declaredTier(exchange: Exchange, guardrails: Guardrails): TierDocument | null {
  const data = dataOf(exchange, guardrails)
  exchange.dataSources = data.sources
  if (guardrails.plan.tiers.length === 0) return null
  return higherTier(fixedTier(exchange.key, data, guardrails, exchange.workload), saidTier(exchange, guardrails))
}

/** The highest of what a request's key and workload fix and what its data sources have, else the lowest. */
export function fixedTier(
  key: KeyEntry | null,
  data: RequestData,
  guardrails: Guardrails,
  workload: WorkloadEntry | null,
): TierDocument | null {
  const fixed = [key?.document.tier, workload?.document.tier, ...data.sources.map(source => source.tier)]
  // What is fixed and gone is unknown, so nothing less than the highest is safe.
  let tier = data.unknown ? guardrails.highest : guardrails.lowest
  for (const name of fixed) {
    if (name !== null && name !== undefined) tier = higherTier(tier, guardrails.tierNamed(name) ?? guardrails.highest)
  }
  return tier
}

export function higherTier(one: TierDocument | null, other: TierDocument | null): TierDocument | null {
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
