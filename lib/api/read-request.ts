import { DomainError } from '#lib/platform/errors.ts'

/** The largest body an operation takes unless it says otherwise: 1 MiB. */
export const MAX_BODY_BYTES = 1_048_576
const MAX_DEPTH = 64

/** The query as a record; a name given twice becomes a list. */
export function readQuery(params: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(params.keys())]
  const query = Object.fromEntries(
    names.map(name => {
      const values = params.getAll(name)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
  refuseUnstorable(query)
  return query
}

export interface ReadBody {
  /** The bytes as they came, for telling one request from another. */
  text: string
  /** The JSON value; an empty object when there is no body. */
  json: unknown
}

/**
 * Reads a JSON body. Throws `unsupported_media_type`, `too_large` (without reading on) or `malformed_request`.
 * @param maxBytes the limit in bytes
 */
export async function readBody(request: Request, maxBytes = MAX_BODY_BYTES): Promise<ReadBody> {
  const bytes = await readBytes(request, maxBytes)
  if (bytes.length === 0) return { text: '', json: {} }
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && !/^application\/[\w.+-]+\+json$/.test(type)) {
    throw new DomainError('unsupported_media_type', 'Send the body as JSON with content-type: application/json.')
  }
  const text = decodeUtf8(bytes)
  const json = parseJson(text)
  refuseUnstorable(json)
  return { text, json }
}

/** The bytes of a body; throws `too_large`, without reading on, beyond the limit. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const refusal = new DomainError('too_large', `The body may have at most ${maxBytes} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw refusal
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.length
    if (size > maxBytes) throw refusal
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new DomainError('malformed_request', 'The body is not UTF-8.')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const detail = error instanceof SyntaxError ? error.message.split('\n')[0] : 'it cannot be read'
    // The parser quotes the place it stopped at; a body may hold a secret.
    const place = /position \d+/.exec(detail ?? '')?.[0]
    throw new DomainError('malformed_request', `The body is not JSON${place ? ` (at ${place})` : ''}.`)
  }
}

/** Refuses what JSON allows and the database does not: NUL and unpaired surrogates, and nesting beyond reason. */
function refuseUnstorable(value: unknown): void {
  const pending: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.depth > MAX_DEPTH) throw new DomainError('malformed_request', 'The request is nested too deeply.')
    if (typeof next.value === 'string') refuseText(next.value)
    if (typeof next.value !== 'object' || next.value === null) continue
    for (const [key, inner] of Object.entries(next.value)) {
      refuseText(key)
      pending.push({ value: inner, depth: next.depth + 1 })
    }
  }
}

function refuseText(text: string): void {
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw new DomainError('malformed_request', 'A text holds a NUL or half a character, which cannot be stored.')
  }
}
