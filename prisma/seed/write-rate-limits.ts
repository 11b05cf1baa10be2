import type { RateLimitMeasure, RateLimitScope, RateWindow } from '#core/rate-limits/rate-limit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { createRateLimit } from '#lib/rate-limits/create-rate-limit.ts'
import { updateRateLimit } from '#lib/rate-limits/update-rate-limit.ts'
import { demand, type Scenario } from './scenario.ts'
import type { SeededCatalog } from './write-catalog.ts'
import type { SeededKeys } from './write-keys.ts'
import type { SeededOrganization } from './write-organization.ts'

interface DemoRateLimit {
  name: string
  scope: RateLimitScope
  /** A model's identifier or a key's name. */
  of: string
  measure: RateLimitMeasure
  window: RateWindow | null
  limit: number
  reason: string
  raisedFrom?: [limit: number, reason: string]
}

/**
 * Limits of models that vendors serve and of applications' keys: whoever tries the sandbox's models with a key of
 * their own meets none of them.
 */
const LIMITS: readonly DemoRateLimit[] = [
  {
    name: 'Claude Opus for everybody',
    scope: 'model',
    of: 'claude-opus-4-5',
    measure: 'tokens',
    window: 'minute',
    limit: 400_000,
    reason: 'Four fifths of what the contract with Anthropic allows',
  },
  {
    name: 'GPT-5 at once',
    scope: 'model',
    of: 'gpt-5',
    measure: 'concurrency',
    window: null,
    limit: 60,
    reason: 'Slow answers must not take every connection',
  },
  {
    name: 'Claude Sonnet requests',
    scope: 'model',
    of: 'claude-sonnet-4-5',
    measure: 'requests',
    window: 'minute',
    limit: 1_200,
    reason: 'The tier of our account',
  },
  {
    name: 'Backfill stays in the background',
    scope: 'key',
    of: 'backfill',
    measure: 'requests',
    window: 'minute',
    limit: 90,
    reason: 'It ran away last week',
    raisedFrom: [60, 'The nightly run took until noon'],
  },
  {
    name: 'Support chat',
    scope: 'key',
    of: 'support-chat',
    measure: 'requests',
    window: 'second',
    limit: 25,
    reason: 'Peaks of the winter season, and no more',
  },
  {
    name: 'Campaign copy by day',
    scope: 'key',
    of: 'campaign-copy',
    measure: 'tokens',
    window: 'day',
    limit: 6_000_000,
    reason: 'Marketing asked for a ceiling of its own',
  },
]

const OPERATIONS = 'Kenji Watanabe'

/** The limit that a key has of its own, for the requests that it refused. */
export interface SeededRateLimits {
  rateLimits: Map<string, { id: string; message: string }>
}

/** Sets the demonstration's rate limits, as operations would. */
export async function writeRateLimits(
  tx: Transaction,
  scenario: Scenario,
  { people, models, keys }: SeededOrganization & SeededCatalog & SeededKeys,
): Promise<SeededRateLimits> {
  const ctx = operationsContext(tx, scenario, people)
  const rateLimits: SeededRateLimits['rateLimits'] = new Map()
  for (const { of, raisedFrom, ...facts } of LIMITS) {
    const target = facts.scope === 'model' ? demand(models, of).id : keys.find(({ plan }) => plan.name === of)?.row.id
    if (!target) throw new Error(`no ${facts.scope} is called ${of}`)
    const first = raisedFrom ? { limit: raisedFrom[0] } : {}
    const { id } = await createRateLimit({ ctx, input: { ...facts, ...first, target } })
    if (raisedFrom) await updateRateLimit({ ctx, input: { id, limit: facts.limit, reason: raisedFrom[1] } })
    if (facts.scope !== 'key') continue
    const { name, limit, measure, window } = facts
    const message = `The rate limit "${name}" allows ${limit.toLocaleString('en')} ${measure} a ${window}. Try again in 4 s.`
    rateLimits.set(target, { id, message })
  }
  return { rateLimits }
}

function operationsContext(
  tx: Transaction,
  { organizationId, random, now }: Scenario,
  people: SeededOrganization['people'],
): Context {
  const { id, name, roles } = demand(people, OPERATIONS)
  const actor = { kind: 'person' as const, id, name, roles, teamIds: [], ledTeamIds: [] }
  return { organizationId, actor, requestId: random.id(now), tx }
}
