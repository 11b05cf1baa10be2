import type { Exchange } from '#gateway/exchange.ts'
import type { AttemptResult } from './attempt-result.ts'
import { embeddedError } from './embedded-error.ts'
import { NOT_STREAMED, REDIRECTED, TOO_LARGE_ANSWER, UNTRANSLATABLE_ANSWER } from './upstream-failure.ts'
import { callerTimeoutMs } from './upstream-request.ts'

/** Failures that another attempt would repeat. */
const FINAL = new Set([
  'forbidden_upstream_address',
  UNTRANSLATABLE_ANSWER,
  TOO_LARGE_ANSWER,
  NOT_STREAMED,
  REDIRECTED,
  'provider_credential_refused',
  'provider_credential_unavailable',
])
const BASE_MS = 100
/** A provider that asks for a longer pause is not waited for: the client is told instead. */
const MAX_PAUSE_MS = 2_000
/** What is wrong with a deployment and not with the request: credential, credit, model, load. */
const DEPLOYMENT_STATUSES: ReadonlySet<number> = new Set([401, 402, 403, 404, 408, 425, 429])
/** Codes of a 400 that only the deployment does not give which made what the request goes on with. */
const KEPT_WHERE_MADE: ReadonlySet<string> = new Set(['previous_response_not_found', 'invalid_encrypted_content'])

/**
 * Milliseconds to wait before the same call is made again; null: its result stands. Made again once, before anything
 * reached the client, for failures that may pass: no connection, 429, 5xx, and answers that broke off.
 */
export function retryDelayMs(exchange: Exchange, result: AttemptResult): number | null {
  if (exchange.committed || exchange.clientGone) return null
  const delay = BASE_MS / 2 + Math.random() * BASE_MS
  let pause: number
  if (result.kind === 'failed') {
    if (FINAL.has(result.failure.code)) return null
    if (result.failure.status === 504 || (result.reached && !isRepeatable(exchange))) return null
    pause = delay
  } else if (result.kind === 'answer' && (result.status === 429 || result.status >= 500)) {
    // Both vendors' SDKs obey it, and so would the client if it were told now.
    if (result.headers['x-should-retry'] === 'false') return null
    const asked = retryAfterMs(result)
    if (!(asked <= MAX_PAUSE_MS)) return null
    pause = Math.max(asked, delay)
  } else return null
  return pause < remainingMs(exchange) ? pause : null
}

/** Whether another deployment may do better: the failure is this one's, nothing reached the client, who still waits. */
export function mayFailOver(exchange: Exchange, result: AttemptResult): boolean {
  if (exchange.committed || exchange.clientGone || remainingMs(exchange) <= 0) return false
  if (result.kind === 'answer') {
    return result.status >= 500 || DEPLOYMENT_STATUSES.has(result.status) || isKeptElsewhere(exchange, result)
  }
  return result.kind === 'failed'
}

/** Whether what the request goes on with may be at another deployment. */
function isKeptElsewhere({ upstream }: Exchange, { status, body }: AttemptResult & { kind: 'answer' }): boolean {
  if (status !== 400 || upstream.name !== 'responses') return false
  return KEPT_WHERE_MADE.has(embeddedError(body.toString('utf8')).code)
}

/** Milliseconds of a pause that a provider asked for with an error; 0: none. RFC 9110, section 10.2.3: seconds or a date. */
export function retryAfterMs(result: AttemptResult): number {
  if (result.kind !== 'answer' || result.status < 400) return 0
  const value = result.headers['retry-after']
  if (typeof value !== 'string') return 0
  const seconds = Number(value)
  const ms = Number.isNaN(seconds) ? Date.parse(value) - saidAt(result.headers.date) : seconds * 1_000
  return Number.isNaN(ms) ? 0 : Math.max(0, ms)
}

/** When an answer was given by the clock of whoever gave it, which need not agree with the one here. */
function saidAt(date: string | undefined): number {
  const at = Date.parse(date ?? '')
  return Number.isNaN(at) ? Date.now() : at
}

/** Milliseconds that the caller still waits. */
export function remainingMs(exchange: Exchange): number {
  return callerTimeoutMs(exchange) - exchange.elapsedMs()
}

/** Whether doing it twice leaves one trace: a response that the provider stores would be there twice. */
function isRepeatable(exchange: Exchange): boolean {
  return exchange.upstream.name !== 'responses' || exchange.translation !== null || exchange.body.store === false
}
