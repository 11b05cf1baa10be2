import type { SendResult } from '#core/notifications/message.ts'
import type { GuardedAnswer } from '#lib/platform/guarded-request.ts'

const LONGEST = 300
/** Nothing else than a person's change makes these go well. */
const PERMANENT = new Set([400, 401, 403, 404, 405, 410, 413, 422])

/** What an HTTP answer means for a delivery: any 2xx is received; what only a person can mend has failed. */
export function httpResult({ status, headers, text }: GuardedAnswer): SendResult {
  const answer = shorten(text) || `HTTP ${status}`
  if (status >= 200 && status < 300) return { outcome: 'sent', status, answer }
  if (PERMANENT.has(status)) return { outcome: 'failed', status, answer }
  const retryAfterMs = Number(headers['retry-after']) * 1000
  return { outcome: 'retry', status, answer, ...(retryAfterMs > 0 ? { retryAfterMs } : {}) }
}

/** An answer as the log keeps it: one line, 300 characters. */
export function shorten(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
