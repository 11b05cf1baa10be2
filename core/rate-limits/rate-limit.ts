/** Whose calls a rate limit counts together: all of the organization's, or those of one team, person, key, agent or model. */
export const RATE_LIMIT_SCOPES = ['organization', 'team', 'person', 'key', 'agent', 'model'] as const
export type RateLimitScope = (typeof RATE_LIMIT_SCOPES)[number]

/** What is counted: requests, prompt and generated tokens together, or answers in progress at the same time. */
export const RATE_LIMIT_MEASURES = ['requests', 'tokens', 'concurrency'] as const
export type RateLimitMeasure = (typeof RATE_LIMIT_MEASURES)[number]

/** How far back is counted. Concurrency has no window. */
export const RATE_WINDOWS = ['second', 'minute', 'hour', 'day'] as const
export type RateWindow = (typeof RATE_WINDOWS)[number]

/**
 * A window is counted in parts: what was admitted leaves with its part, so a whole part of the past too many is
 * counted, never one too few.
 */
export const WINDOW_PARTS: Readonly<Record<RateWindow, { partMs: number; parts: number }>> = {
  second: { partMs: 100, parts: 10 },
  minute: { partMs: 3_000, parts: 20 },
  hour: { partMs: 60_000, parts: 60 },
  day: { partMs: 900_000, parts: 96 },
}

/** What a request is matched by; null: not known of it. */
export interface RateSubject {
  readonly organizationId: string
  readonly teamId: string | null
  readonly personId: string | null
  readonly keyId: string | null
  readonly agentId: string | null
  readonly modelId: string | null
}

const FIELDS = {
  organization: 'organizationId',
  team: 'teamId',
  person: 'personId',
  key: 'keyId',
  agent: 'agentId',
  model: 'modelId',
} as const satisfies Record<RateLimitScope, keyof RateSubject>

/**
 * Whose count a request adds to under a limit of this scope and target; null: the limit does not cover it. A target
 * of null stands for each of the scope: every key, for example, has a count of its own.
 */
export function countedFor(scope: RateLimitScope, target: string | null, subject: RateSubject): string | null {
  const id = subject[FIELDS[scope]]
  return id !== null && (target === null || target === id) ? id : null
}
