import { setTimeout as sleep } from 'node:timers/promises'
import type { DrillInstruction } from '#core/routing/drill.ts'
import type { Candidate, Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'
import type { AttemptResult } from '#gateway/upstream/attempt-result.ts'

const FAILED = { outcome: 'upstream_error', rule: 'drill' } as const
const ERROR_BODY = Buffer.from(
  JSON.stringify({
    error: { type: 'overloaded_error', code: 'overloaded', message: 'Simulated by a failover drill.' },
  }),
)

/** The drill whose outage a call of a candidate meets at this moment; null: the call is made. */
export function outageFor({ drill }: Exchange, { model }: Candidate): DrillInstruction | null {
  if (!drill || drill.modelId !== model.id) return null
  const now = Date.now()
  return now >= drill.from && now < drill.until ? drill : null
}

/** What a call gives that meets a drill's outage, after the time that such a failure takes. */
export async function simulateOutage({ fault }: DrillInstruction, timeoutMs: number): Promise<AttemptResult> {
  if (fault === 'error') return { kind: 'answer', status: 503, headers: {}, body: ERROR_BODY }
  if (fault === 'timeout') {
    await sleep(timeoutMs)
    const words = 'Simulated by a failover drill: the provider did not answer in time.'
    return { kind: 'failed', failure: new Refusal(504, 'upstream_timeout', words, FAILED), reached: true }
  }
  const words = 'Simulated by a failover drill: the provider could not be reached.'
  return { kind: 'failed', failure: new Refusal(502, 'upstream_unreachable', words, FAILED), reached: false }
}
