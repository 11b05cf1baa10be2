import { canonicalText } from './canonical-text.ts'

/** A piece of a text, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A run of digits with what stands between it and the run before: one separator, or null when they are apart. */
export interface DigitGroup extends Span {
  readonly joint: string | null
  /** Letters touch it on the left or on the right. */
  readonly gluedLeft: boolean
  readonly gluedRight: boolean
}

/** What one pass over a text has found for all detectors, so that each looks only where it can find something. */
export interface Scan {
  readonly text: string
  /** In lower case, character by character. */
  readonly lower: string
  readonly groups: readonly DigitGroup[]
  /** Where digits are, with some characters around them, cut at white space. */
  readonly zones: readonly Span[]
  /** Unbroken runs of letters, digits and _ - . / + of at least 14 characters. */
  readonly longTokens: readonly Span[]
  /** Places of every @. */
  readonly ats: readonly number[]
  /** The text has `://`. */
  readonly hasAddress: boolean
  readonly origins: Uint32Array | null
}

const LONG_TOKEN = 14
const ZONE_GAP = 20
const ZONE_REACH = 12
const ZONE_REACH_LIMIT = 40

const OTHER = 0
const LETTER = 1
const DIGIT = 2
const MARK = 3
const AT = 4
const CLASSES = characterClasses()

function characterClasses(): Uint8Array {
  const classes = new Uint8Array(128)
  for (let code = 0; code < 128; code++) {
    const character = String.fromCharCode(code)
    if (/[A-Za-z_]/.test(character)) classes[code] = LETTER
    else if (/\d/.test(character)) classes[code] = DIGIT
    else if (/[-./+]/.test(character)) classes[code] = MARK
    else if (character === '@') classes[code] = AT
  }
  return classes
}

/** Reads a text once; everything that detectors share is in the result. */
export function scanText(original: string): Scan {
  const { text, origins } = canonicalText(original)
  const groups: DigitGroup[] = []
  const longTokens: Span[] = []
  const ats: number[] = []
  let groupStart = -1
  let tokenStart = -1
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 32
    const kind = code < 128 ? (CLASSES[code] ?? OTHER) : OTHER
    if (kind === DIGIT) {
      if (groupStart < 0) groupStart = at
    } else if (groupStart >= 0) {
      groups.push(digitGroup(text, groupStart, at, groups.at(-1)))
      groupStart = -1
    }
    if (kind === LETTER || kind === DIGIT || kind === MARK) {
      if (tokenStart < 0) tokenStart = at
      continue
    }
    if (tokenStart >= 0 && at - tokenStart >= LONG_TOKEN) longTokens.push({ start: tokenStart, end: at })
    tokenStart = -1
    if (kind === AT) ats.push(at)
  }
  const zones = groups.length > 0 ? zonesOf(text, groups) : []
  return { text, lower: lowerCase(text), groups, zones, longTokens, ats, hasAddress: text.includes('://'), origins }
}

function digitGroup(text: string, start: number, end: number, before: DigitGroup | undefined): DigitGroup {
  const joined = before !== undefined && start - before.end === 1
  return {
    start,
    end,
    joint: joined ? (text[start - 1] ?? null) : null,
    gluedLeft: isLetter(text.charCodeAt(start - 1)),
    gluedRight: isLetter(text.charCodeAt(end)),
  }
}

function isLetter(code: number): boolean {
  return code < 128 ? CLASSES[code] === LETTER : code > 0xbf
}

function zonesOf(text: string, groups: readonly DigitGroup[]): Span[] {
  const zones: Span[] = []
  let [first] = groups as [DigitGroup]
  let last = first
  for (const group of groups) {
    if (group.start - last.end > ZONE_GAP) {
      addZone(zones, widened(text, first.start, last.end))
      first = group
    }
    last = group
  }
  addZone(zones, widened(text, first.start, last.end))
  return zones
}

function addZone(zones: Span[], zone: Span): void {
  const last = zones.at(-1)
  if (last && zone.start <= last.end) zones[zones.length - 1] = { start: last.start, end: zone.end }
  else zones.push(zone)
}

/** Reaches outward to the next white space, so that no word is cut. */
function widened(text: string, from: number, to: number): Span {
  let start = Math.max(0, from - ZONE_REACH)
  const lowest = Math.max(0, start - ZONE_REACH_LIMIT)
  while (start > lowest && text.charCodeAt(start - 1) > 32) start--
  let end = Math.min(text.length, to + ZONE_REACH)
  const highest = Math.min(text.length, end + ZONE_REACH_LIMIT)
  while (end < highest && text.charCodeAt(end) > 32) end++
  return { start, end }
}

/** Lower case with every character in its place: some letters have a lower case of two characters. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}

/** Whether words that tell what a number is stand near it: up to `before` characters left, `after` right. */
export function hasContext(scan: Scan, span: Span, words: RegExp, before = 60, after = 24): boolean {
  const left = scan.lower.slice(Math.max(0, span.start - before), span.start)
  if (words.test(left)) return true
  return after > 0 && words.test(scan.lower.slice(span.end, span.end + after))
}

/** Every match of a pattern in the places that have digits. The pattern must be global. */
export function* matchesInZones(scan: Scan, pattern: RegExp): Generator<{ text: string; start: number; end: number }> {
  for (const zone of scan.zones) {
    const slice = scan.text.slice(zone.start, zone.end)
    pattern.lastIndex = 0
    for (let found = pattern.exec(slice); found; found = pattern.exec(slice)) {
      const start = zone.start + found.index
      yield { text: found[0], start, end: start + found[0].length }
      if (found[0] === '') pattern.lastIndex++
    }
  }
}
