import { readUsage, textLength } from '#gateway/dialects/answer-usage.ts'
import type { Exchange } from '#gateway/exchange.ts'
import type { AttemptResult } from './attempt.ts'
import { embeddedError } from './embedded-error.ts'
import { malformed, unreadable } from './upstream-failure.ts'

/** A 200 whose body is an error, or no JSON, is no success: read it as what it is, so that it can be retried. */
export function readAnswer(exchange: Exchange, result: AttemptResult): AttemptResult {
  if (result.kind !== 'answer' || result.status !== 200) return result
  const text = result.body.toString('utf8')
  let answer: { error?: unknown; usage?: unknown; type?: unknown } | null
  try {
    answer = JSON.parse(text)
  } catch {
    return { kind: 'failed', failure: malformed(exchange), reached: true }
  }
  if (typeof answer !== 'object' || answer === null) {
    return { kind: 'failed', failure: malformed(exchange), reached: true }
  }
  if (answer.error !== undefined && answer.error !== null && answer.usage === undefined) {
    return { ...result, status: embeddedError(text).status }
  }
  exchange.consumed = true
  exchange.parsedAnswer = answer as Record<string, unknown>
  exchange.reportedUsage = answer.usage ?? null
  exchange.usageFinal = true
  if (readUsage(exchange.upstream.family, answer.usage) === null)
    exchange.generated = exchange.operation.generates ? textLength(answer) : 0
  if (!exchange.translation) return result
  try {
    exchange.parsedAnswer = null
    return { ...result, body: exchange.translation.answer(answer) }
  } catch (error) {
    return { kind: 'failed', failure: unreadable(exchange, error), reached: true }
  }
}
