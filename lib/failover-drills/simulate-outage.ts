import { setTimeout as pause } from 'node:timers/promises'
import { type DrillCall, type DrillCaller, drillCall, isKeyKnown, type Outage } from './drill-call.ts'
import { unfinished } from './drill-findings.ts'
import type { DrillFindings, DrillPhase } from './schema.ts'

const KEY_WAIT_MS = 10_000
const CALL_MS = 30_000
const PAUSE_MS = 200
/** Calls that must be answered by the model itself before there is an outage. */
const BASELINE = 2
/** Good answers one after the other that make a recovery; enough for the drill's own circuit to open meanwhile. */
const LASTING = 8
const RESTORE_MS = 120_000

export interface OutageOptions {
  boundMs: number
  /** Told of each phase as it begins. */
  onPhase(phase: DrillPhase): Promise<void>
  signal: AbortSignal
}

/**
 * Lets a model fail for the drill's own calls until others answer in its place or the bound has passed, then lets it
 * come back and waits until it answers itself. What went wrong is in the findings.
 */
export async function simulateOutage(caller: DrillCaller, options: OutageOptions): Promise<DrillFindings> {
  const { boundMs, onPhase, signal } = options
  const findings = unfinished(boundMs, null)
  const fail = (failure: string) => ({ ...findings, failure })
  await onPhase('prepare')
  if (!(await untilKnown(caller, signal))) return fail('The gateway did not take the drill’s key, or did not answer.')
  await onPhase('baseline')
  const trouble = await troubleBefore(caller)
  if (trouble) return fail(trouble)
  await onPhase('outage')
  const from = Date.now()
  const recovery = await untilRecovered(caller, { from, until: from + 2 * boundMs + CALL_MS }, boundMs, signal)
  Object.assign(findings, recovery.tally)
  if (!recovery.first) return fail(recovery.problem)
  findings.recoveryMs = recovery.first.at - from
  findings.answeredBy = recovery.first.answeredBy
  findings.recoveryRequestId = recovery.first.requestId
  await onPhase('restore')
  const ended = Date.now()
  const restored = await untilRestored(caller, { from, until: ended }, signal)
  if (!restored) return fail(`Calls did not go back to it within ${RESTORE_MS / 1_000} s after the outage.`)
  findings.restoredMs = restored.at - ended
  findings.restoreRequestId = restored.requestId
  if (findings.recoveryMs > boundMs) return fail(lateText(findings.recoveryMs, boundMs))
  return { ...findings, passed: true }
}

async function untilKnown({ key }: DrillCaller, signal: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + KEY_WAIT_MS
  while (Date.now() < deadline) {
    if (await isKeyKnown(key)) return true
    await pause(50, undefined, { signal })
  }
  return false
}

/** Why there is nothing to measure: the model does not answer its own calls even without an outage. */
async function troubleBefore(caller: DrillCaller): Promise<string | null> {
  const { identifier } = caller.model
  for (let call = 0; call < BASELINE; call += 1) {
    const now = Date.now()
    const { ok, answeredBy, problem } = await drillCall(caller, { from: now, until: now }, CALL_MS)
    if (!ok) return `${identifier} could not be called even before the outage. ${problem ?? ''}`.trim()
    if (answeredBy !== identifier) {
      return `Calls of ${identifier} are answered by ${answeredBy} already, so its outage would change nothing.`
    }
  }
  return null
}

async function untilRecovered(caller: DrillCaller, outage: Outage, boundMs: number, signal: AbortSignal) {
  const tally = { calls: 0, failedCalls: 0 }
  let series: DrillCall[] = []
  let last: string | null = null
  while (series.length < LASTING) {
    // A recovery that has begun within the bound is seen to its end.
    if (series.length === 0 && Date.now() - outage.from > boundMs) break
    const call = await drillCall(caller, outage, Math.max(1_000, Math.min(CALL_MS, boundMs)))
    tally.calls += 1
    if (!call.ok) tally.failedCalls += 1
    series = call.ok ? [...series, call] : []
    last = call.problem ?? last
    if (series.length < LASTING) await pause(PAUSE_MS, undefined, { signal })
  }
  const bound = `${boundMs / 1_000} s`
  const first = series.length === LASTING ? series[0] : undefined
  return { tally, first, problem: `Calls were not answered again within ${bound}. ${last ?? ''}`.trim() }
}

async function untilRestored(caller: DrillCaller, outage: Outage, signal: AbortSignal): Promise<DrillCall | null> {
  const deadline = Date.now() + RESTORE_MS
  while (Date.now() < deadline) {
    const call = await drillCall(caller, outage, CALL_MS)
    if (call.ok && call.answeredBy === caller.model.identifier) return call
    await pause(2 * PAUSE_MS, undefined, { signal })
  }
  return null
}

function lateText(recoveryMs: number, boundMs: number): string {
  return `Calls were answered again after ${(recoveryMs / 1_000).toFixed(1)} s, later than ${boundMs / 1_000} s.`
}
