/** An answer holds something that other dialects have no place for; leaving it out would pass for the whole. */
export class UnknownContentError extends SyntaxError {
  /** What it is, in the provider's words. */
  readonly content: string

  constructor(content: string) {
    super(`content of type ${content}`)
    this.content = content
  }
}

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

/** Arguments of a call as JSON text, which some servers send as the object that it stands for; empty for neither. */
export function argumentsIn(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : textIn(value)
}

/** A number; 0 for anything else. */
export function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

/** The items of a list; undefined when it is absent or empty. */
export function itemsIn(value: unknown): unknown[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined
}

/** The id of an answer under the prefix of another dialect. */
export function answerId(prefix: string, id: string): string {
  return prefix + id.replace(/^(chatcmpl-|msg_|resp_)/, '')
}

/** One server-sent event with a name, as messages and responses have them. */
export function namedFrame(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}
