import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import type { Exchange } from '#gateway/exchange.ts'
import type { Refusal } from '#gateway/refusal.ts'
import { type SseFrame, SseFrames } from '#gateway/upstream/sse-frames.ts'
import { eventOf } from './answer-deltas.ts'
import { AnswerGuard, answerNotInspected, type Verdict } from './answer-guard.ts'

/** Reads a stream that was kept whole by the rules of today; what to send in its place, or null. */
export function inspectKeptStream(exchange: Exchange, plan: InspectionPlan, body: Buffer): Verdict {
  const guard = new AnswerGuard(exchange, plan)
  const close = (stopped: Refusal | null) => {
    guard.close()
    return stopped
  }
  try {
    const verdict = readFrom(guard, new SseFrames().push(body), 0)
    if (!(verdict instanceof Promise)) return close(verdict)
    return verdict.catch(error => answerNotInspected(exchange, error)).then(close)
  } catch (error) {
    return close(answerNotInspected(exchange, error))
  }
}

/** Reads one frame after another; where a thread has to read, the rest waits for it. */
function readFrom(guard: AnswerGuard, frames: readonly SseFrame[], first: number): Verdict {
  for (let at = first; at < frames.length; at++) {
    const data = frames[at]?.data ?? null
    const stopped = data === null ? null : guard.read(eventOf(data))
    if (stopped instanceof Promise) return stopped.then(refusal => refusal ?? readFrom(guard, frames, at + 1))
    if (stopped) return stopped
  }
  return guard.finish()
}
