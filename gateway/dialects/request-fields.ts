import type { Exchange } from '#gateway/exchange.ts'
import { Refusal } from '#gateway/refusal.ts'

const MAX_MODEL_LENGTH = 256
const OUTPUT_LIMITS = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'] as const

/** Parses the body into the exchange. Throws a 400 when it is no JSON object. */
export function parseBody(exchange: Exchange, raw: Buffer): void {
  const text = raw.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const place = error instanceof SyntaxError ? /at position \d+/.exec(error.message)?.[0] : undefined
    throw new Refusal(400, 'invalid_json', `The body is not valid JSON${place ? `: the error is ${place}` : ''}.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'invalid_body', 'The body must be a JSON object.')
  }
  exchange.body = value as Record<string, unknown>
  exchange.verbatim = namesModelOnce(text)
}

/**
 * Whether "model" is spelled out exactly once: a body that names it twice (or escapes a letter of it, all of which
 * are U+006x) might be read otherwise by the provider than here.
 */
function namesModelOnce(text: string): boolean {
  const first = text.indexOf('"model"')
  return first >= 0 && text.indexOf('"model"', first + 7) < 0 && !text.includes('\\u006') && !text.includes('\\u004')
}

/** Checks the types of the fields that are acted on and returns the model's name; all other fields go on untouched. */
export function checkFields(exchange: Exchange): string {
  const { body, operation } = exchange
  const { model, stream } = body
  if (typeof model !== 'string' || model === '' || model.length > MAX_MODEL_LENGTH) {
    throw wrong('model', `a text of 1 to ${MAX_MODEL_LENGTH} characters`)
  }
  exchange.requestedModel = model
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') throw wrong('stream', 'true or false')
  exchange.streaming = stream === true
  if (exchange.streaming && !operation.streams) throw wrong('stream', 'absent or false on this path')
  for (const field of OUTPUT_LIMITS) checkCount(field, body[field])
  checkCount('n', body.n)
  exchange.wantsUsage = operation.name === 'chat' && wantsUsage(body.stream_options)
  return model
}

/** The most tokens that the caller lets the model generate, over all choices; null: the caller sets no limit. */
export function outputLimit(body: Record<string, unknown>): number | null {
  let limit: number | null = null
  for (const field of OUTPUT_LIMITS) {
    const value = body[field]
    if (typeof value === 'number') limit = Math.max(limit ?? 0, value)
  }
  return limit
}

function checkCount(field: string, value: unknown): void {
  if (value === undefined || value === null) return
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw wrong(field, 'a positive integer')
}

function wantsUsage(options: unknown): boolean {
  if (options === undefined || options === null) return false
  if (typeof options !== 'object' || Array.isArray(options)) throw wrong('stream_options', 'an object')
  const value = (options as Record<string, unknown>).include_usage
  if (value === undefined || value === null) return false
  if (typeof value !== 'boolean') throw wrong('stream_options.include_usage', 'true or false')
  return value
}

function wrong(field: string, rule: string): Refusal {
  return new Refusal(400, 'invalid_field', `"${field}" must be ${rule}.`, { param: field, rule: `field:${field}` })
}
