import type { DrillFindings } from './schema.ts'

/** The findings of a drill before anything was found, or of one that came to nothing and why. */
export function unfinished(boundMs: number, failure: string | null): DrillFindings {
  return {
    passed: false,
    failure,
    boundMs,
    recoveryMs: null,
    restoredMs: null,
    answeredBy: null,
    calls: 0,
    failedCalls: 0,
    recoveryRequestId: null,
    restoreRequestId: null,
  }
}
