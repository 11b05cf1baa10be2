import {
  ANSWER_ROOTS,
  isStructural,
  kindOf,
  type PartKind,
  ROOT_KINDS,
  SETTINGS,
  STRUCTURAL,
  TEXT_KEYS,
  TOOL_CALLS,
} from './body-fields.ts'
import { textOfDataUrl } from './data-url-text.ts'

/** One text of a request. */
export interface TextPart {
  /** Path in the body, such as `messages.0.content`; within arguments that a model made, the path ends at them. */
  readonly location: string
  readonly kind: PartKind
  readonly text: string
  /** Writes another text in its place; null: the place is structural, or signed, and must stay as it is. */
  readonly replace: ((text: string) => void) | null
}

export interface ExtractedText {
  parts: TextPart[]
  /** Places whose content is text that cannot be read here, such as arrays of tokens. */
  unreadable: string[]
}

/** The body is nested so deeply that it is no request of any dialect. */
export class TooDeepError extends Error {}

const DEEPEST = 64
/** A smaller number identifies nobody. */
const LEAST_NUMBER = 1_000_000
interface Place {
  readonly location: string
  readonly kind: PartKind
  readonly maskable: boolean
  readonly depth: number
  /** Within arguments every name and number is content too, and names are no part of a location. */
  readonly free: boolean
}

/**
 * Every text of a request's body, whatever its dialect: what is not known to be structural is text, so that a field
 * nobody thought of is inspected too. Numbers count when they are long enough to be an identifier.
 */
export function extractText(body: Record<string, unknown>): ExtractedText {
  const found: ExtractedText = { parts: [], unreadable: [] }
  for (const key of Object.keys(body)) {
    const value = body[key]
    if (STRUCTURAL.has(key) && (typeof value !== 'object' || value === null)) continue
    if (SETTINGS.has(key) && typeof value === 'number') continue
    const kind = ROOT_KINDS[key] ?? 'other'
    if ((key === 'input' || key === 'prompt') && hasTokens(value)) {
      found.unreadable.push(key)
      continue
    }
    const place: Place = {
      location: key,
      kind,
      maskable: key === 'messages' || TEXT_KEYS.has(key),
      depth: 1,
      free: kind === 'other',
    }
    // Such as `user`: with its name a bare number is what it is there, and not all that a text says.
    if (place.free && !place.maskable && isNamedValue(value)) addText(found, body, key, `${key}: ${value}`, place)
    else walk(found, body, key, value, place)
  }
  return found
}

/** Every text that a model generated in a whole answer, whatever its dialect. */
export function extractAnswer(body: Record<string, unknown>): TextPart[] {
  const found: ExtractedText = { parts: [], unreadable: [] }
  for (const key of Object.keys(body)) {
    if (!ANSWER_ROOTS.has(key)) continue
    walk(found, body, key, body[key], { location: key, kind: 'message', maskable: true, depth: 1, free: false })
  }
  return found.parts
}

/** OpenAI takes tokens in place of text: an array of numbers, or an array of those. */
function hasTokens(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  return value.some(
    item => typeof item === 'number' || (Array.isArray(item) && item.some(token => typeof token === 'number')),
  )
}

function walk(found: ExtractedText, holder: object, key: string | number, value: unknown, place: Place): void {
  if (typeof value === 'string') {
    addText(found, holder, key, value, place)
    return
  }
  if (typeof value === 'number') {
    if (place.free && Math.abs(value) >= LEAST_NUMBER)
      found.parts.push({ ...part(place, String(value)), replace: null })
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (place.depth > DEEPEST) throw new TooDeepError('the body is nested too deeply')
  if (Array.isArray(value)) {
    const inside = { ...place, depth: place.depth + 1 }
    for (let at = 0; at < value.length; at++) {
      walk(found, value, at, value[at], place.free ? inside : { ...inside, location: `${place.location}.${at}` })
    }
    return
  }
  walkObject(found, value as Record<string, unknown>, place)
}

function walkObject(found: ExtractedText, value: Record<string, unknown>, place: Place): void {
  const kind = kindOf(value, place.kind)
  for (const key of Object.keys(value)) {
    const item = value[key]
    if (place.free) walkNamed(found, value, key, item, place)
    else if (item === null || typeof item === 'boolean') continue
    else if (!isStructural(value, key, item, kind)) walk(found, value, key, item, inside(value, key, item, place, kind))
  }
}

/** Within arguments a value is read with its name, which says what it is; the name of more is content by itself. */
function walkNamed(found: ExtractedText, holder: object, key: string, item: unknown, place: Place): void {
  const deeper = { ...place, depth: place.depth + 1, maskable: false }
  if (isNamedValue(item)) {
    addText(found, holder, key, `${key}: ${item}`, deeper)
    return
  }
  if (key.length >= 8) found.parts.push({ ...part(place, key), replace: null })
  if (Array.isArray(item)) {
    for (const value of item) if (isNamedValue(value)) addText(found, item, key, `${key}: ${value}`, deeper)
    walk(
      found,
      holder,
      key,
      item.filter(value => !isNamedValue(value)),
      deeper,
    )
  } else walk(found, holder, key, item, deeper)
}

/** What is read with its name before it: text, and numbers that may identify somebody. */
function isNamedValue(item: unknown): item is string | number {
  if (typeof item === 'string') return !item.startsWith('data:')
  return typeof item === 'number' && Math.abs(item) >= LEAST_NUMBER
}

function inside(holder: Record<string, unknown>, key: string, item: unknown, place: Place, kind: PartKind): Place {
  const depth = place.depth + 1
  if (place.free) return { ...place, depth }
  const location = `${place.location}.${key}`
  const isCall = key === 'arguments' || (key === 'input' && TOOL_CALLS.has(holder.type))
  if (isCall) return { location, kind: 'tool_call', maskable: false, depth, free: true }
  const holdsText = typeof item !== 'string' || TEXT_KEYS.has(key)
  return { location, kind, maskable: place.maskable && holdsText && kind !== 'tool_definition', depth, free: false }
}

function part(place: Place, text: string): Omit<TextPart, 'replace'> {
  return { location: place.location, kind: place.kind, text }
}

function addText(found: ExtractedText, holder: object, key: string | number, value: string, place: Place): void {
  if (value.startsWith('data:')) {
    const text = textOfDataUrl(value)
    if (text !== null) found.parts.push({ ...part(place, text), replace: null })
    return
  }
  if (value.length < 4) return
  const text = place.kind === 'tool_call' && value.includes('\\') ? unescaped(value) : value
  const slots = holder as Record<string | number, unknown>
  const maskable = place.maskable && (typeof key === 'number' || TEXT_KEYS.has(key))
  found.parts.push({
    ...part(place, text),
    replace: maskable
      ? changed => {
          slots[key] = changed
        }
      : null,
  })
}

/** Arguments are JSON in a text: without its escapes a detector sees what the tool will. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([nrt"\\/]))/g, (_, code?: string, sign?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : sign === '"' || sign === '/' || sign === '\\' ? sign : ' ',
  )
}
