import { readUsage, textLength } from '#gateway/dialects/answer-usage.ts'
import type { Exchange } from '#gateway/exchange.ts'
import type { AttemptResult } from './attempt-result.ts'
import { embeddedError } from './embedded-error.ts'
import { malformed, notStreamed, redirected, unreadable } from './upstream-failure.ts'

/**
 * A 200 whose body is an error, or no JSON, is no success, nor is a redirect: read it as what it is, so that it can be
 * retried.
 */
export function readAnswer(exchange: Exchange, result: AttemptResult): AttemptResult {
  if (result.kind !== 'answer' || result.status >= 400) return result
  if (result.status !== 200) return { kind: 'failed', failure: redirected(exchange), reached: true }
  const text = result.body.toString('utf8')
  let answer: { error?: unknown; usage?: unknown; object?: unknown } | null
  try {
    answer = JSON.parse(text)
  } catch {
    return { kind: 'failed', failure: malformed(exchange), reached: true }
  }
  if (typeof answer !== 'object' || answer === null) {
    return { kind: 'failed', failure: malformed(exchange), reached: true }
  }
  const failed = (answer.error ?? null) !== null || answer.object === 'error'
  if (failed && (answer.usage ?? null) === null) {
    return { ...result, status: embeddedError(text).status }
  }
  exchange.consumed = true
  exchange.parsedAnswer = answer as Record<string, unknown>
  exchange.reportedUsage = answer.usage ?? null
  exchange.usageFinal = true
  if (readUsage(exchange.upstream.family, answer.usage) === null)
    exchange.generated = exchange.operation.generates ? textLength(answer) : 0
  if (exchange.streaming) return { kind: 'failed', failure: notStreamed(exchange), reached: true }
  if (!exchange.translation) return result
  try {
    exchange.parsedAnswer = null
    return { ...result, body: exchange.translation.answer(answer) }
  } catch (error) {
    return { kind: 'failed', failure: unreadable(exchange, error), reached: true }
  }
}
