/** What goes wrong with one answer, and when. Absent: it does not. */
export type Fault = {
  /** Milliseconds before the first byte. */
  readonly latencyMs?: number
  /** Answer with this error status. */
  readonly status?: number
  /** Answer as the vendor does when it is overloaded: 529 on the Anthropic wire, 503 on the OpenAI wire. */
  readonly overloaded?: true
  /** Seconds in the `retry-after` header of an error answer. */
  readonly retryAfter?: number
  /** Destroy the connection after so many frames; 0: before the head. A whole answer counts two halves. */
  readonly cutAfter?: number
  /** Fall silent after so many frames, with the connection open; 0: before the head. */
  readonly stallAfter?: number
  /** The frame of this number (from 1) is broken JSON; in a whole answer, the body is. */
  readonly malformedAt?: number
  /** Status 200, and an error after so many frames; in a whole answer, an error body. */
  readonly errorAfter?: number
  /** Milliseconds between frames. */
  readonly chunkDelayMs?: number
  /** Length of the answer in tokens. */
  readonly answerTokens?: number
}

export const NO_FAULT: Fault = {}

type NumericField = Exclude<keyof Fault, 'overloaded'>
type Setting = { field: NumericField; min: number; max: number; fallback?: number }

const SETTINGS: Readonly<Record<string, Setting>> = {
  latency: { field: 'latencyMs', min: 0, max: 600_000 },
  status: { field: 'status', min: 400, max: 599 },
  'retry-after': { field: 'retryAfter', min: 0, max: 86_400 },
  cut: { field: 'cutAfter', min: 0, max: 1_000_000 },
  stall: { field: 'stallAfter', min: 0, max: 1_000_000 },
  malformed: { field: 'malformedAt', min: 1, max: 1_000_000, fallback: 1 },
  'error-in-200': { field: 'errorAfter', min: 0, max: 1_000_000, fallback: 0 },
  'chunk-delay': { field: 'chunkDelayMs', min: 0, max: 60_000 },
  tokens: { field: 'answerTokens', min: 1, max: 100_000 },
}

/** A fault text that the grammar does not know; the message says what is wrong and what is possible. */
export class FaultSyntaxError extends Error {}

/**
 * Reads a fault, as in `latency=200; cut=3`: names and whole numbers, parted by semicolons, commas or spaces.
 * Names: latency, status, retry-after, cut, stall, malformed, error-in-200, chunk-delay, tokens, overloaded.
 *
 * @throws FaultSyntaxError when a name is unknown or a number is out of its range
 */
export function parseFault(text: string): Fault {
  const fault: { -readonly [K in keyof Fault]: Fault[K] } = {}
  for (const item of text.split(/[;,\s]+/)) {
    if (item === '') continue
    if (item === 'overloaded') fault.overloaded = true
    else {
      const [field, value] = parseSetting(item)
      fault[field] = value
    }
  }
  return fault
}

function parseSetting(item: string): [NumericField, number] {
  const equals = item.indexOf('=')
  const name = equals < 0 ? item : item.slice(0, equals)
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined
  if (!setting) {
    throw new FaultSyntaxError(`unknown fault "${name}"; known: ${[...Object.keys(SETTINGS), 'overloaded'].join(', ')}`)
  }
  const { field, min, max, fallback } = setting
  if (equals < 0 && fallback !== undefined) return [field, fallback]
  const digits = equals < 0 ? '' : item.slice(equals + 1)
  const value = /^\d{1,7}$/.test(digits) ? Number(digits) : Number.NaN
  if (!(value >= min && value <= max)) {
    throw new FaultSyntaxError(`fault "${name}" needs a whole number from ${min} to ${max}, as in ${name}=${min}`)
  }
  return [field, value]
}

const MAGIC = /\[sandbox:([^\]]{1,200})\]/g

/** Reads faults out of a message, written as `[sandbox: …]`, and gives the message without them. */
export function faultInText(text: string): { fault: Fault; text: string } {
  if (!text.includes('[sandbox:')) return { fault: NO_FAULT, text }
  let fault = NO_FAULT
  const rest = text.replace(MAGIC, (_whole, spec: string) => {
    fault = { ...fault, ...parseFault(spec) }
    return ''
  })
  return { fault, text: rest.trim() }
}
