import type { RequestEvent } from '#core/contracts/request-event.ts'
import { type Incidents, incidentsBefore } from '../incidents.ts'
import { BLOCKED_MODEL } from '../northwind/catalog.ts'
import { RUNAWAY_KEY } from '../northwind/keys.ts'
import type { ModelShare } from '../northwind/teams.ts'
import { CONTENT_LOG_DAYS, DAY_MS, demand, HOUR_MS, type Scenario } from '../scenario.ts'
import type { SeededCatalog, SeededModel } from '../write-catalog.ts'
import type { SeededKey, SeededKeys } from '../write-keys.ts'
import type { SeededOrganization, SeededTeam } from '../write-organization.ts'
import type { SeededRateLimits } from '../write-rate-limits.ts'
import { type Draw, drawEvent } from './event.ts'
import { expectedRequests, type LocalClock, localClock } from './rhythm.ts'

const DAYS = 90
/** Events this close to now would still be on their way. */
const SETTLED_MS = 5_000
const RUNAWAY: ModelShare = { model: 'gpt-4.1', weight: 1, prompt: 12_000, answer: 900, cached: 0 }

export type HistoryParts = SeededOrganization &
  SeededCatalog &
  SeededKeys &
  SeededRateLimits & { configVersions: number }

/** Ninety days of requests up to now, oldest first, in batches of at least `size`. */
export function* drawHistory(scenario: Scenario, parts: HistoryParts, size: number): Generator<RequestEvent[]> {
  const end = scenario.now - SETTLED_MS
  const begin = Math.floor(scenario.now / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS
  const incidents = incidentsBefore(scenario.now)
  const contentSince = scenario.now - CONTENT_LOG_DAYS * DAY_MS
  const teams = [...parts.teams.values()].map(team => trafficOf(team, parts))
  let batch: RequestEvent[] = []
  for (let hour = begin; hour < end; hour += HOUR_MS) {
    const progress = (hour - begin) / (end - begin)
    const configVersion = 1 + Math.floor(progress * (parts.configVersions - 1))
    const { random, organizationId } = scenario
    const shared = { random, incidents, organizationId, configVersion, rateLimits: parts.rateLimits, contentSince }
    const events = teams.flatMap(team => drawHour(team, shared, hour, progress))
    batch.push(...events.filter(event => Date.parse(event.occurredAt) <= end))
    if (batch.length >= size) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

type Shared = Pick<Draw, 'random' | 'incidents' | 'organizationId' | 'configVersion' | 'rateLimits' | 'contentSince'>

interface Traffic {
  team: SeededTeam
  clock: LocalClock
  keys: SeededKey[]
  models: Map<string, SeededModel>
  real: ModelShare[]
  sandbox: ModelShare[]
}

function trafficOf(team: SeededTeam, parts: HistoryParts): Traffic {
  const isSandbox = (share: ModelShare) => demand(parts.models, share.model).provider.kind === 'sandbox'
  return {
    team,
    clock: localClock(team.timeZone),
    keys: parts.keys.filter(key => key.plan.team === team.slug && key.plan.weight > 0),
    models: parts.models,
    real: team.models.filter(share => !isSandbox(share)),
    sandbox: team.models.filter(isSandbox),
  }
}

function drawHour(traffic: Traffic, shared: Shared, hour: number, progress: number) {
  const { random } = shared
  const count = random.poisson(expectedRequests(traffic.team, traffic.clock, hour, progress))
  const times = Array.from({ length: count }, () => hour + random.whole(0, HOUR_MS - 1))
  const events = times.flatMap(at => drawOrdinary(traffic, shared, at))
  return [...events, ...drawRunaway(traffic, shared, hour)]
}

function drawOrdinary(traffic: Traffic, shared: Shared, at: number): RequestEvent[] {
  const { random } = shared
  const usable = traffic.keys.filter(({ row }) => works(row, at))
  if (usable.length === 0) return []
  const key = random.weighted(usable, candidate => candidate.plan.weight)
  const tries = key.plan.environment !== 'production' && traffic.sandbox.length > 0 && random.chance(0.35)
  const share = random.weighted(tries ? traffic.sandbox : traffic.real, option => option.weight)
  return [drawFor(traffic, shared, at, key, share)]
}

/** The loop of one key: the same large question again and again until somebody stopped it. */
function drawRunaway(traffic: Traffic, shared: Shared, hour: number): RequestEvent[] {
  const key = traffic.keys.find(candidate => candidate.plan.name === RUNAWAY_KEY)
  const { runaway }: Incidents = shared.incidents
  if (!key || hour < runaway.from || hour >= runaway.to) return []
  const step = HOUR_MS / runaway.requestsPerHour
  return Array.from({ length: runaway.requestsPerHour }, (_, index) =>
    drawFor(traffic, shared, Math.floor(hour + index * step), key, RUNAWAY),
  )
}

function drawFor(traffic: Traffic, shared: Shared, at: number, key: SeededKey, share: ModelShare): RequestEvent {
  const { team, models } = traffic
  return drawEvent({
    ...shared,
    at,
    key,
    team,
    share,
    model: demand(models, share.model),
    blocked: demand(models, BLOCKED_MODEL),
  })
}

function works(row: SeededKey['row'], at: number): boolean {
  const ends = Math.min(row.expiresAt.getTime(), row.revokedAt?.getTime() ?? Number.POSITIVE_INFINITY)
  return row.createdAt.getTime() <= at && at < ends
}
