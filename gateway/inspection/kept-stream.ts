import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import type { Refusal } from '#gateway/refusal.ts'
import { SseFrames } from '#gateway/upstream/sse-frames.ts'
import { eventOf } from './answer-deltas.ts'
import { AnswerGuard, answerNotInspected } from './answer-guard.ts'

/** Reads a stream that was kept whole by the rules of today; what to send in its place, or null. */
export function inspectKeptStream(exchange: Exchange, plan: InspectionPlan, body: Buffer): Refusal | null {
  const guard = new AnswerGuard(exchange, plan)
  let stopped: Refusal | null = null
  try {
    for (const { data } of new SseFrames().push(body)) {
      if (data !== null) stopped ??= guard.read(eventOf(data))
    }
  } catch (error) {
    stopped = answerNotInspected(exchange, error)
  }
  stopped ??= guard.finish()
  guard.close()
  return stopped
}
