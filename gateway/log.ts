import pino from 'pino'
import { logFields } from '#core/log/log-fields.ts'

export type Log = pino.Logger

/** Structured logs on standard output. A line carries only fields of the allow-list in core/log. */
export function openLog(level: string, name: string): Log {
  return pino({
    level,
    base: { process: 'gateway', replica: name },
    formatters: { log: logFields },
    timestamp: pino.stdTimeFunctions.isoTime,
  })
}

/** What may be logged of an error: its code and its words. Connection strings do not appear in either. */
export function errorFields(error: unknown): { code: string | null; message: string } {
  if (!(error instanceof Error)) return { code: null, message: 'unknown' }
  const code = (error as Error & { code?: unknown }).code
  // A dual-stack connection attempt fails with an AggregateError without words of its own.
  const parts = error instanceof AggregateError ? error.errors.map(part => String(part?.message ?? part)) : []
  return { code: typeof code === 'string' ? code : null, message: error.message || parts.join('; ') }
}
