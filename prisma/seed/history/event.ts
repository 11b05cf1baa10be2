import { type ContentKept, type RequestEvent, STAGES } from '#core/contracts/request-event.ts'
import { completionTokens } from '#core/pricing/token-usage.ts'
import type { Incidents } from '../incidents.ts'
import type { ModelShare } from '../northwind/teams.ts'
import type { Random } from '../random.ts'
import type { SeededModel } from '../write-catalog.ts'
import type { SeededKey } from '../write-keys.ts'
import type { SeededTeam } from '../write-organization.ts'
import type { SeededRateLimits } from '../write-rate-limits.ts'
import { drawFate, type Fate } from './fate.ts'
import { drawFindings } from './findings.ts'
import { drawUsage, noUsage, usageFields } from './usage.ts'

/** The replica that the demonstration's history ran on; it is gone since. */
export const HISTORY_REPLICA_ID = '0192f3a1-7c00-7000-8000-0000000d3301'

export interface Draw {
  random: Random
  incidents: Incidents
  organizationId: string
  at: number
  configVersion: number
  /** When the content log was switched on. */
  contentSince: number
  rateLimits: SeededRateLimits['rateLimits']
  key: SeededKey
  team: SeededTeam
  share: ModelShare
  model: SeededModel
  /** What a request for a model that is blocked resolves to. */
  blocked: SeededModel
}

const PATHS = {
  chat: ['chat', '/v1/chat/completions', 'OpenAI/Python 2.8.1'],
  messages: ['messages', '/v1/messages', 'Anthropic/JS 0.70.0'],
  embeddings: ['embeddings', '/v1/embeddings', 'OpenAI/JS 6.9.0'],
} as const

/** One request of the history. */
export function drawEvent(draw: Draw): RequestEvent {
  const { random, at, key, team, share, model } = draw
  const [dialect, path, userAgent] = model.facts.dialects.includes('embeddings')
    ? PATHS.embeddings
    : model.facts.dialects.includes('messages')
      ? PATHS.messages
      : PATHS.chat
  const streaming = random.chance(dialect === 'embeddings' ? 0 : team.streaming)
  const fate = drawFate(random, draw.incidents, model.provider.name, at, streaming)
  const usage = drawUsage(random, share, model)
  const time = drawTimes(draw, fate, streaming, completionTokens(usage))
  const asked = fate.errorCode === 'model_not_available' ? draw.blocked : model
  const refused = fate.outcome === 'refused'
  return {
    id: random.id(at),
    occurredAt: new Date(at).toISOString(),
    organizationId: draw.organizationId,
    replicaId: HISTORY_REPLICA_ID,
    keyId: key.row.id,
    teamId: team.id,
    personId: key.row.personId,
    agentId: null,
    environment: key.row.environment,
    ...purposeOf(team, key),
    endUser: null,
    session: null,
    dataClass: team.dataClass,
    dialect,
    path,
    streaming,
    requestedModel: asked.aliases?.[0] && random.chance(0.3) ? asked.aliases[0] : asked.identifier,
    modelId: asked.id,
    providerId: refused ? null : model.provider.id,
    status: fate.status,
    outcome: fate.outcome,
    errorCode: fate.errorCode,
    ...usageOf(fate, usage, model),
    latencyMs: time.latencyMs,
    firstTokenMs: time.firstTokenMs,
    overheadMs: time.overheadMs,
    requestBytes: Math.round((usage.input + usage.cachedInput) * 4.1) + 380,
    responseBytes: refused ? 412 : Math.round(completionTokens(usage) * (streaming ? 190 : 4.4)) + 640,
    configVersion: String(draw.configVersion),
    traceId: random.hex(32),
    budgets: null,
    modelVersion: null,
    stageUs: stageUsOf(fate, time.overheadMs, time.latencyMs),
    detail: {
      ...(fate.endedAt ? { stageOutcomes: { [fate.endedAt]: fate.errorCode ?? 'failed' } } : {}),
      attempts: attemptsOf(fate, model, time.latencyMs),
      ...refusalOf(draw, fate),
      ...drawFindings(random, fate, dialect),
      content: contentOf(draw, fate),
      clientIp: `10.${team.name.length}.${random.whole(0, 15)}.${random.whole(2, 250)}`,
      userAgent,
    },
  }
}

const KEPT_BY_TIER: Readonly<Record<string, ContentKept>> = { Public: 'full', Internal: 'restricted' }

function contentOf({ at, contentSince, team }: Draw, { outcome }: Fate): ContentKept {
  if (outcome === 'refused' || outcome === 'upstream_error') return 'unanswered'
  return at < contentSince ? 'off' : (KEPT_BY_TIER[team.dataClass] ?? 'metadata')
}

/** Why it was refused: by its key's rate limit, where it has one, or by the key's own. */
function refusalOf({ key, rateLimits }: Draw, { errorCode, message }: Fate): { rule?: string; message: string | null } {
  if (errorCode !== 'rate_limit_exceeded') return { message }
  const limit = rateLimits.get(key.row.id)
  return limit
    ? { rule: `rate_limit:${limit.id}`, message: limit.message }
    : { rule: 'key:requests_per_minute', message }
}

/** A key of an application always does the same work; what a developer tries states none. */
function purposeOf(team: SeededTeam, { plan }: SeededKey): { workload: string | null; useCase: string | null } {
  if (plan.environment === 'development') return { workload: null, useCase: null }
  const choose = (names: string[]) => names[plan.name.length % names.length] ?? null
  return { workload: choose(team.workloads), useCase: choose(team.useCases) }
}

function usageOf(fate: Fate, usage: ReturnType<typeof drawUsage>, model: SeededModel) {
  if (fate.outcome === 'ok') return usageFields(usage, model, 'measured')
  if (fate.outcome === 'client_aborted') return usageFields(usage, model, 'estimated')
  return noUsage(fate.outcome === 'incomplete' ? 'unknown' : 'none')
}

function drawTimes({ random, incidents, at, model, share }: Draw, fate: Fate, streaming: boolean, answer: number) {
  const overheadMs = round(random.logNormal(0.34, 0.45))
  if (fate.outcome === 'refused') return { overheadMs, latencyMs: overheadMs, firstTokenMs: null }
  const { slowdown } = incidents
  const slow = model.provider.name === slowdown.provider && at >= slowdown.from && at < slowdown.to
  const factor = slow ? slowdown.factor : 1
  const { provider } = model
  const first = factor * random.logNormal(provider.firstTokenMs + share.prompt / 220, 0.38)
  const retries = fate.failedAttempts.length * random.logNormal(700, 0.3)
  const whole = overheadMs + retries + first + factor * answer * provider.tokenMs * random.logNormal(1, 0.2)
  const latencyMs = round(
    fate.errorCode === 'upstream_unreachable' ? overheadMs + random.logNormal(10_000, 0.05) : whole,
  )
  const firstTokenMs = streaming && fate.status === 200 ? round(overheadMs + retries + first) : null
  return { overheadMs, latencyMs, firstTokenMs }
}

function stageUsOf(fate: Fate, overheadMs: number, latencyMs: number): number[] {
  const last = fate.outcome === 'refused' && fate.endedAt ? STAGES.indexOf(fate.endedAt) : STAGES.length
  return STAGES.slice(0, last + 1).map(stage =>
    Math.max(0, Math.round(1_000 * (stage === 'call' ? latencyMs - overheadMs : overheadMs / STAGES.length))),
  )
}

function attemptsOf(fate: Fate, model: SeededModel, latencyMs: number): RequestEvent['detail']['attempts'] {
  if (fate.outcome === 'refused') return []
  const target = { providerId: model.provider.id, modelId: model.id }
  const failed = fate.failedAttempts.map(attempt => ({ ...target, ...attempt, ms: round(latencyMs / 8) }))
  const status = fate.errorCode === 'upstream_unreachable' ? null : fate.outcome === 'upstream_error' ? 500 : 200
  return [...failed, { ...target, status, ms: round(latencyMs * 0.7), error: fate.errorCode }]
}

function round(ms: number): number {
  return Math.max(0, Math.round(ms * 1000) / 1000)
}
