import pino from 'pino'

/** Structured logs on standard output. Nothing is logged but the fields that a line names: no headers, no bodies. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { process: process.env.GATEHOUSE_PROCESS ?? 'portal' },
  redact: {
    paths: ['*.password', '*.secret', '*.token', '*.key', '*.credential', '*.authorization'],
    censor: '[redacted]',
  },
  timestamp: pino.stdTimeFunctions.isoTime,
})
