/**
 * The fields that a log line may carry. Whatever else somebody hands to the log is left out, and only its name is
 * written, so that a header, a body or a credential cannot get into a log by mistake.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  'adminUrl',
  'bytes',
  'changed',
  'channel',
  'code',
  'document',
  'error',
  'file',
  'id',
  'instance',
  'job',
  'method',
  'ms',
  'operation',
  'organizationId',
  'place',
  'problem',
  'reason',
  'replica',
  'requestId',
  'result',
  'stage',
  'status',
  'url',
  'version',
])

/** What may be inside a field that holds more than one value. */
const NESTED: Readonly<Record<string, ReadonlySet<string> | 'figures'>> = {
  error: new Set(['code', 'message']),
  result: 'figures',
}

const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/\bgh_[a-z]+_[A-Za-z0-9_-]{8,}/g, 'gh_[redacted]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]+@/gi, '$1[redacted]@'],
  [/([?&](?:token|key|secret|password|signature|code)=)[^&\s]+/gi, '$1[redacted]'],
]

/** What of an object reaches the log: allowed fields with plain values; the names of the others in `dropped`. */
export function logFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    const plain = ALLOWED.has(name) ? plainValue(value, NESTED[name]) : undefined
    if (plain === undefined) dropped.push(name.slice(0, 60))
    else kept[name] = plain
  }
  return dropped.length > 0 ? { ...kept, dropped } : kept
}

/** A text without credentials of the forms that are known: keys of Gatehouse, authorization values, URLs' passwords. */
export function withoutCredentials(text: string): string {
  return CREDENTIALS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
}

function plainValue(value: unknown, nested: ReadonlySet<string> | 'figures' | undefined): unknown {
  if (typeof value === 'string') return withoutCredentials(value)
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || nested === undefined) return undefined
  const inside: Record<string, unknown> = {}
  for (const [name, one] of Object.entries(value)) {
    if (nested === 'figures' ? typeof one !== 'number' && typeof one !== 'boolean' : !nested.has(name)) continue
    const plain = plainValue(one, undefined)
    if (plain !== undefined) inside[name] = plain
  }
  return inside
}
