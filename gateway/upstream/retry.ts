import type { Exchange } from '#gateway/exchange.ts'
import type { AttemptResult } from './attempt.ts'
import { UNTRANSLATABLE_ANSWER } from './upstream-failure.ts'
import { callerTimeoutMs } from './upstream-request.ts'

/** Failures that another attempt would repeat. */
const FINAL = new Set([
  'forbidden_upstream_address',
  UNTRANSLATABLE_ANSWER,
  'provider_credential_refused',
  'provider_credential_unavailable',
])
const MAX_ATTEMPTS = 2
const BASE_MS = 100
/** A provider that asks for a longer pause is not waited for: the client is told instead. */
const MAX_PAUSE_MS = 2_000

/**
 * Milliseconds to wait before the call is tried again; null: its result stands. Tried again once, before anything
 * reached the client, for failures that may pass: no connection, 429, 5xx, and answers that broke off.
 */
export function retryDelayMs(exchange: Exchange, result: AttemptResult): number | null {
  if (exchange.committed || exchange.clientGone || exchange.attempts.length >= MAX_ATTEMPTS) return null
  const delay = BASE_MS / 2 + Math.random() * BASE_MS
  let pause: number
  if (result.kind === 'failed') {
    if (FINAL.has(result.failure.code)) return null
    if (result.failure.status === 504 || (result.reached && !isRepeatable(exchange))) return null
    pause = delay
  } else if (result.kind === 'answer' && (result.status === 429 || result.status >= 500)) {
    const asked = Number(result.headers['retry-after'] ?? 0) * 1000
    if (!(asked <= MAX_PAUSE_MS)) return null
    pause = Math.max(asked, delay)
  } else return null
  return exchange.elapsedMs() + pause < callerTimeoutMs(exchange) ? pause : null
}

/** Whether doing it twice leaves one trace: a response that the provider stores would be there twice. */
function isRepeatable(exchange: Exchange): boolean {
  return exchange.upstream.name !== 'responses' || exchange.translation !== null || exchange.body.store === false
}
