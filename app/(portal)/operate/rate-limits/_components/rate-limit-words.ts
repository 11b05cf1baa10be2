import { formatCount, formatNumber } from '#components/format.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { RateLimitMeasure, RateLimitScope, RateWindow } from '#core/rate-limits/rate-limit.ts'
import type { RateLimitDto } from '#lib/rate-limits/schema.ts'

export const SCOPE_LABELS: Record<RateLimitScope, string> = {
  organization: 'Organization',
  team: 'Team',
  person: 'Person',
  key: 'API key',
  agent: 'Agent',
  model: 'Model',
}

export const MEASURE_LABELS: Record<RateLimitMeasure, string> = {
  requests: 'Requests',
  tokens: 'Tokens',
  concurrency: 'Answers in progress',
}

export const WINDOW_LABELS: Record<RateWindow, string> = {
  second: 'Second',
  minute: 'Minute',
  hour: 'Hour',
  day: 'Day',
}

type Limit = Pick<RateLimitDto, 'limit' | 'measure' | 'window'>

/** "600 requests a minute", "8 answers at a time" */
export function limitText({ limit, measure, window }: Limit): string {
  const most = formatNumber(limit)
  if (measure === 'concurrency') return `${most} ${limit === 1 ? 'answer' : 'answers'} at a time`
  return `${most} ${limit === 1 ? measure.slice(0, -1) : measure} a ${window}`
}

/** "Team Search", "each API key", "the whole organization" */
export function coverText({ scope, targetName }: Pick<RateLimitDto, 'scope' | 'targetName'>): string {
  if (scope === 'organization') return 'the whole organization'
  const label = scope === 'key' ? 'API key' : SCOPE_LABELS[scope].toLowerCase()
  return targetName === null ? `each ${label}` : `${SCOPE_LABELS[scope]} ${targetName}`
}

/** "42 of 600" */
export function usedText({ used, limit }: RateLimitDto): string {
  return `${formatNumber(used)} of ${formatNumber(limit)}`
}

export function usedRatio({ used, limit }: RateLimitDto): number {
  return used / limit
}

export interface State {
  tone: Tone
  note: string
  /** Whether somebody should look at it. */
  needsLook: boolean
}

/** What a limit does at this moment, in words. */
export function stateOf(limit: RateLimitDto): State {
  if (limit.archivedAt) return { tone: 'neutral', note: 'Archived. It limits nothing.', needsLook: false }
  const { refused } = limit
  if (limit.used >= limit.limit) return { tone: 'bad', note: 'Full: calls are refused now.', needsLook: true }
  if (refused > 0) {
    const note = `Refused ${formatCount(refused, 'call')} in the last 7 days.`
    return { tone: 'warn', note, needsLook: true }
  }
  return { tone: 'ok', note: 'Refused nothing in the last 7 days.', needsLook: false }
}

/** The page's title: whether callers run into limits. */
export function headline(limits: readonly RateLimitDto[]): string {
  if (limits.length === 0) return 'No rate limit is set'
  const hit = limits.filter(({ refused }) => refused > 0)
  if (hit.length === 0) {
    return limits.length === 1
      ? 'Nobody runs into the rate limit'
      : `Nobody runs into any of ${limits.length} rate limits`
  }
  const calls = hit.reduce((sum, { refused }) => sum + refused, 0)
  const which = `${hit.length} of ${formatCount(limits.length, 'rate limit')}`
  return `${which} refused ${formatCount(calls, 'call')} in the last 7 days`
}
