import type { Exchange } from '#gateway/exchange.ts'
import type { Attempt } from '#gateway/upstream/attempt.ts'
import type { AttemptResult } from '#gateway/upstream/attempt-result.ts'
import { retryAfterMs } from '#gateway/upstream/retry.ts'
import { UNTRANSLATABLE_ANSWER } from '#gateway/upstream/upstream-failure.ts'
import type { CallOutcome } from './deployment.ts'

/** Statuses below 500 that tell of the deployment and not of the request: its credential, its credit, its time, its load. */
const FAILING_STATUSES: ReadonlySet<number> = new Set([401, 402, 408, 429])

/** Of a call that says nothing of its deployment. */
export const NOTHING_LEARNT: CallOutcome = {
  failed: null,
  reason: null,
  wholeMs: null,
  firstTokenMs: null,
  pauseMs: 0,
}

/** What a call says of the deployment that was called. `ms`: how long it took. */
export function callOutcome(exchange: Exchange, attempt: Attempt, result: AttemptResult, ms: number): CallOutcome {
  const said = { ...NOTHING_LEARNT, failed: false, firstTokenMs: attempt.firstTokenMs }
  if (result.kind === 'gone') return { ...said, failed: null }
  // An answer that has no form in the client's dialect is a good answer all the same.
  if (result.kind === 'failed' && result.failure.code === UNTRANSLATABLE_ANSWER) return said
  if (result.kind === 'failed') return { ...said, failed: true, reason: result.failure.code }
  if (result.kind === 'relayed') return { ...said, failed: exchange.outcome !== 'ok', reason: exchange.errorCode }
  const { status } = result
  if (status < 500 && !FAILING_STATUSES.has(status)) {
    return { ...said, wholeMs: status === 200 && !exchange.streaming ? ms : null }
  }
  const longest = exchange.services.environment.GATEWAY_MAX_PAUSE_MS
  const pauseMs = status === 429 || status === 503 ? Math.min(retryAfterMs(result), longest) : 0
  return { ...said, failed: true, reason: `status_${status}`, pauseMs }
}
