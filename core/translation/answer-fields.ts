/** The fields of an object in an answer. Throws SyntaxError when the value is none. */
export function fieldsIn(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
  return value as Record<string, unknown>
}

/** The objects of a list; none when it is absent. Throws SyntaxError when an item is no object. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new SyntaxError('not a list')
  return value.map(fieldsIn)
}

/** A text; empty for anything else. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A number; 0 for anything else. */
export function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

/** The id of an answer under the prefix of another dialect. */
export function answerId(prefix: string, id: string): string {
  return prefix + id.replace(/^(chatcmpl-|msg_|resp_)/, '')
}

/** One server-sent event with a name, as messages and responses have them. */
export function namedFrame(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}
