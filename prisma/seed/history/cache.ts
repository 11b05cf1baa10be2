import type { RequestCache } from '#core/cache/cache-policy.ts'
import { type RequestEvent, STAGES } from '#core/contracts/request-event.ts'
import type { Random } from '../random.ts'
import type { SeededCachePolicy } from '../write-cache-policies.ts'
import { noUsage } from './usage.ts'

/** Callers that ask for a new answer now and then. */
const BYPASSES = 0.01

export interface CachePlan {
  /** By workload. */
  policies: ReadonlyMap<string, SeededCachePolicy>
  /** The key of a script that always asks for a new answer. */
  bypassing: string | null
}
const PROVIDER_STAGES: ReadonlySet<string> = new Set(['route', 'call', 'inspect_output'])

/** What the cache did with a request of the history: most of the time nothing, and sometimes it had the answer. */
export function throughCache(random: Random, { policies, bypassing }: CachePlan, event: RequestEvent): RequestEvent {
  const policy = policies.get(event.workload ?? '')
  if (!policy || event.outcome !== 'ok' || Date.parse(event.occurredAt) < policy.madeAt) return event
  const asked = { policyId: policy.id, reason: null, source: null }
  const nothing = { ageMs: null, savedNanoUsd: null, savedTokens: null, savedMs: null }
  const insists = event.keyId === bypassing || random.chance(BYPASSES)
  if (insists) return withCache(event, { ...asked, ...nothing, outcome: 'bypass', reason: 'caller' })
  // A workday repeats what the morning asked; at first there is nothing to repeat.
  const settled = Math.min(1, (Date.parse(event.occurredAt) - policy.madeAt) / (policy.ttlSeconds * 1000))
  if (!random.chance(policy.hits * settled)) return withCache(event, { ...asked, ...nothing, outcome: 'miss' })
  return replayed(random, policy, event)
}

/** The request as it is when its answer was kept: nothing bought, next to no wait. */
function replayed(random: Random, policy: SeededCachePolicy, event: RequestEvent): RequestEvent {
  const overheadMs = Math.round(random.logNormal(0.42, 0.4) * 1000) / 1000
  const tokens = [event.inputTokens, event.cachedInputTokens, event.outputTokens, event.reasoningTokens]
  const cache: RequestCache = {
    outcome: 'hit',
    policyId: policy.id,
    reason: null,
    source: random.chance(0.8) ? 'memory' : 'redis',
    ageMs: random.whole(2_000, policy.ttlSeconds * 700),
    savedNanoUsd: event.costNanoUsd,
    savedTokens: tokens.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    savedMs: Math.round(event.latencyMs - overheadMs),
  }
  const skipped = Object.fromEntries([...PROVIDER_STAGES].map(stage => [stage, 'skipped']))
  return withCache(
    {
      ...event,
      ...noUsage('none'),
      latencyMs: overheadMs,
      firstTokenMs: event.firstTokenMs === null ? null : overheadMs,
      overheadMs,
      stageUs: event.stageUs.map((us, index) => (PROVIDER_STAGES.has(STAGES[index] ?? 'record') ? 0 : us)),
      detail: { ...event.detail, stageOutcomes: { ...event.detail.stageOutcomes, ...skipped }, attempts: [] },
    },
    cache,
  )
}

function withCache(event: RequestEvent, cache: RequestCache): RequestEvent {
  return { ...event, detail: { ...event.detail, cache } }
}
