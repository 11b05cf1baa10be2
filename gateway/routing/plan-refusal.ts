import type { TierDocument } from '#core/contracts/config-documents.ts'
import { refusalOf } from '#core/routing/no-candidate.ts'
import { type DataReach, type PlannedCandidate, permitted, type RoutePlan } from '#core/routing/plan-route.ts'
import type { KeyEntry, ModelEntry, ProviderEntry } from '#gateway/config/entries.ts'
import type { Candidate } from '#gateway/exchange.ts'
import { type Operation, pathOfDialect } from '#gateway/operations.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { Deployments } from './deployments.ts'

type Planned = PlannedCandidate<ModelEntry, ProviderEntry>
type Plan = RoutePlan<ModelEntry, ProviderEntry>

/** What is known of a request that is refused. */
export interface RefusedRequest {
  readonly operation: Operation
  readonly key: KeyEntry | null
  readonly tier: TierDocument | null
  readonly raisedBy: string | null
  readonly dataSources: DataReach['sources']
}

/** Whoever of a plan may serve. */
export function servable(plan: Plan): Candidate[] {
  return permitted(plan).filter(isServable)
}

export function isServable(candidate: Planned): candidate is Planned & Candidate {
  return candidate.provider !== null
}

/**
 * The refusal of a request that nobody may serve, or whose key or workload may not ask for the model it names; null: it
 * goes on.
 *
 * @param candidates whoever of the plan may serve
 */
export function planRefusal(
  plan: Plan,
  candidates: readonly Candidate[],
  { operation, key, tier, raisedBy, dataSources }: RefusedRequest,
): Refusal | null {
  if (candidates.length > 0 && !plan.candidates.some(isOutsideKey)) return null
  const model = plan.requested ?? plan.candidates[0]?.model ?? null
  const keyName = key?.document.name ?? null
  const dialectWords = model ? wrongDialect(operation, model) : ''
  const { status, code, message, param, rule } = refusalOf(plan, {
    tier,
    sources: dataSources,
    raisedBy,
    keyName,
    dialectWords,
  })
  return new Refusal(status, code, message, { param, rule })
}

/** The refusal of data that may not be processed where this gateway is; null: it may, or the place is not stated. */
export function regionRefusal(
  tier: TierDocument | null,
  sources: DataReach['sources'],
  here: string | undefined,
): Refusal | null {
  if (here === undefined) return null
  const isElsewhere = ({ regions }: { readonly regions: readonly string[] }) =>
    regions.length > 0 && !regions.includes(here)
  const source = sources.find(isElsewhere)
  const asks = tier && isElsewhere(tier) ? tier : source
  if (!asks) return null
  const what = asks === tier ? `is classified ${asks.name}, which` : `has data from ${asks.name}, which`
  const words = `This request ${what} stays in ${asks.regions.join(', ')}, while this gateway is in ${here}. Send it to a gateway in ${asks.regions.join(' or ')}.`
  return new Refusal(403, 'tier_not_allowed', words, {
    rule: asks === tier ? `tier:${asks.name}` : 'data_source:region',
  })
}

/** The refusal when everybody who may serve is out of use for the moment. */
export function outOfUse(plan: Plan, deployments: Deployments): Refusal {
  const now = performance.now()
  const all = servable(plan)
  const known = all.flatMap(({ model }) => deployments.find(model.id) ?? [])
  const wait = Math.min(...known.map(one => one.waitMs(now)), 60_000)
  const seconds = Math.max(1, Math.ceil(wait / 1_000))
  const cooling = known.length > 0 && known.every(one => now < one.coolingUntil)
  const names = all.map(({ model, provider }) => `"${model.document.identifier}" at ${provider.document.name}`)
  const who = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? 'It')
  const headers = ['retry-after', String(seconds)]
  if (cooling) {
    const words = `${who} asked for a pause. Try again in ${seconds} s.`
    return new Refusal(429, 'upstream_cooling', words, { rule: 'provider:pause', headers, outcome: 'upstream_error' })
  }
  const words = `${who} kept failing and is left alone for the moment. Try again in ${seconds} s, or use another model.`
  return new Refusal(503, 'circuit_open', words, { rule: 'circuit:open', headers, outcome: 'upstream_error' })
}

/** A name that a key or a workload may not use is no way to the models that stand in for it. */
function isOutsideKey({ origin, exclusions }: Planned): boolean {
  return origin === 'requested' && (exclusions.includes('key_models') || exclusions.includes('workload_models'))
}

function wrongDialect({ name }: Operation, { document }: ModelEntry): string {
  if (name === 'count_tokens') {
    return `The provider of "${document.identifier}" counts no tokens, and an estimate would pass for a count. Ask for a Claude model, or read the usage of an answer.`
  }
  const paths = document.dialects.map(pathOfDialect).join(' or ') || 'another model'
  return `The model "${document.identifier}" is not served on this path. Use ${paths}.`
}
