import pino from 'pino'
import { logFields } from '#core/log/log-fields.ts'

/** Structured logs on standard output. A line carries only fields of the allow-list in core/log. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { process: process.env.GATEHOUSE_PROCESS ?? 'portal' },
  formatters: { log: logFields },
  timestamp: pino.stdTimeFunctions.isoTime,
})
