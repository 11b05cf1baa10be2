import type { RequestEvent, Stage } from '#core/contracts/request-event.ts'
import type { Incidents } from '../incidents.ts'
import type { Random } from '../random.ts'

/** How a request ends. */
export interface Fate {
  outcome: RequestEvent['outcome']
  status: number
  errorCode: string | null
  /** The stage that ended it; null when it went through all. */
  endedAt: Stage | null
  message: string | null
  /** Errors of attempts before the last. */
  failedAttempts: { status: number | null; error: string }[]
}

/** The code of a request that a guardrail refused. */
export const BLOCKED = 'content_blocked'

const OK: Fate = { outcome: 'ok', status: 200, errorCode: null, endedAt: null, message: null, failedAttempts: [] }

const REFUSALS: readonly (Fate & { weight: number })[] = [
  {
    ...OK,
    weight: 55,
    outcome: 'refused',
    status: 429,
    errorCode: 'rate_limit_exceeded',
    endedAt: 'admit',
    message: 'This key may make 120 requests a minute. Wait for the time in retry-after.',
  },
  {
    ...OK,
    weight: 30,
    outcome: 'refused',
    status: 403,
    errorCode: 'model_not_available',
    endedAt: 'resolve',
    message: 'o4-mini is blocked in the catalog. Use the alias balanced.',
  },
  {
    ...OK,
    weight: 15,
    outcome: 'refused',
    status: 402,
    errorCode: 'budget_exceeded',
    endedAt: 'admit',
    message: 'This key has spent its limit of USD 20.00 for today. It works again after midnight UTC.',
  },
  {
    ...OK,
    weight: 14,
    outcome: 'refused',
    status: 403,
    errorCode: BLOCKED,
    endedAt: 'inspect',
    message: 'A guardrail blocked this request: Secrets and keys was found in messages.0.content.',
  },
]

const FAILURE: Fate = {
  outcome: 'upstream_error',
  status: 502,
  errorCode: 'upstream_error',
  endedAt: 'call',
  message: 'The provider answered 500 twice.',
  failedAttempts: [{ status: 500, error: 'server_error' }],
}

const OUTAGE: Fate = {
  ...FAILURE,
  status: 502,
  errorCode: 'upstream_unreachable',
  message: 'The provider did not accept connections.',
  failedAttempts: [
    { status: null, error: 'connect timeout' },
    { status: 529, error: 'overloaded_error' },
  ],
}

const RETRIED: Fate = { ...OK, failedAttempts: [{ status: 529, error: 'overloaded_error' }] }

/** Draws how a request to a provider at a moment ends. */
export function drawFate(random: Random, incidents: Incidents, provider: string, at: number, streaming: boolean): Fate {
  const { outage } = incidents
  if (provider === outage.provider && at >= outage.from && at < outage.to) return random.chance(0.88) ? OUTAGE : RETRIED
  const luck = random.next()
  if (luck < 0.011) return random.weighted(REFUSALS, refusal => refusal.weight)
  if (luck < 0.0145) return FAILURE
  if (luck < 0.018) return RETRIED
  if (!streaming) return OK
  if (luck < 0.022)
    return { ...OK, outcome: 'client_aborted', status: 499, errorCode: 'client_closed', message: 'The client left.' }
  if (luck < 0.0232)
    return { ...OK, outcome: 'incomplete', errorCode: 'upstream_cut', endedAt: 'call', message: 'The stream was cut.' }
  return OK
}
