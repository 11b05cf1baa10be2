import { canonicalText, isDisguised } from './canonical-text.ts'
import { zonesOf } from './digit-zones.ts'
import { type Words, wordsOf } from './trigger-words.ts'

/** A piece of a text, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What stands around a value, as words. */
export interface Surroundings {
  readonly left: string
  readonly right: string
  /** The head of its column, in a table. */
  readonly head: string
}

/** What was asked about last: many forms ask about one value. */
interface LastAsked {
  start: number
  end: number
  before: number
  after: number
  near: Surroundings | null
}

/** A run of digits with what stands between it and the run before: one separator, or null when they are apart. */
export interface DigitGroup extends Span {
  readonly joint: string | null
  /** Letters touch it on the left or on the right. */
  readonly gluedLeft: boolean
  readonly gluedRight: boolean
}

/** What one pass over a text has found for all detectors, so that each looks only where it can find something. */
export interface Scan extends Words {
  readonly text: string
  /** In lower case, character by character. */
  readonly lower: string
  readonly groups: readonly DigitGroup[]
  /** Where digits are, with some characters around them, cut at white space. */
  readonly zones: readonly Span[]
  /** Unbroken runs of letters and digits that have both. */
  readonly codes: readonly Span[]
  /** Unbroken runs of letters, digits and _ - . / + = ~ of at least 14 characters. */
  readonly longTokens: readonly Span[]
  /** Places of every @. */
  readonly ats: readonly number[]
  /** Hexadecimal digits are grouped by colons, hyphens or dots as addresses of networks are. */
  readonly hasHexGroups: boolean
  /** The text has `://`. */
  readonly hasAddress: boolean
  /** The first line when it is the head of a table; else empty. */
  readonly tableHead: string
  readonly origins: Uint32Array | null
  readonly lastAsked: LastAsked
}

const LONG_TOKEN = 14
const LONGEST_HEAD = 2_000

const OTHER = 0
const LETTER = 1
const DIGIT = 2
const MARK = 3
const AT = 4
const UNDERSCORE = 5
const CLASSES = characterClasses()
/** What begins an escape: %, & and the backslash. */
const MAY_HIDE = Uint8Array.from({ length: 128 }, (_, code) => (code === 37 || code === 38 || code === 92 ? 1 : 0))

function characterClasses(): Uint8Array {
  const classes = new Uint8Array(128)
  for (let code = 0; code < 128; code++) {
    const character = String.fromCharCode(code)
    if (/[A-Za-z]/.test(character)) classes[code] = LETTER
    else if (/\d/.test(character)) classes[code] = DIGIT
    else if (/[-./+=~]/.test(character)) classes[code] = MARK
    else if (character === '@') classes[code] = AT
    else if (character === '_') classes[code] = UNDERSCORE
  }
  return classes
}

/** Reads a text once; everything that detectors share is in the result. */
export function scanText(original: string): Scan {
  const runs = readRuns(original, true)
  if (runs) return scanOf(original, runs, null)
  const { text, origins } = canonicalText(original)
  return scanOf(text, readRuns(text, false) ?? new Runs(), origins)
}

function scanOf(text: string, runs: Runs, origins: Uint32Array | null): Scan {
  return {
    text,
    lower: lowerCase(text),
    groups: runs.groups,
    zones: runs.groups.length > 0 ? zonesOf(text, runs.groups) : [],
    codes: runs.codes,
    longTokens: runs.longTokens,
    ats: runs.ats,
    hasHexGroups: hasHexGroups(text),
    hasAddress: text.includes('://'),
    tableHead: tableHeadOf(text),
    ...wordsOf(text),
    origins,
    lastAsked: { start: -1, end: -1, before: 0, after: 0, near: null },
  }
}

function tableHeadOf(text: string): string {
  const end = text.indexOf('\n')
  if (end < 0 || end > LONGEST_HEAD) return ''
  const head = text.slice(0, end)
  return /[,;\t|]/.test(head) ? head : ''
}

/** Runs of characters of one sort. */
class Runs {
  readonly groups: DigitGroup[] = []
  readonly codes: Span[] = []
  readonly longTokens: Span[] = []
  readonly ats: number[] = []
}

/** Null when characters are disguised, so that the text has to be read in its plain form. */
function readRuns(text: string, mayBeDisguised: boolean): Runs | null {
  const runs = new Runs()
  let groupStart = -1
  let tokenStart = -1
  let runStart = -1
  /** Sorts of characters in the run: 1 letters, 2 digits. */
  let sorts = 0
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 32
    if (mayBeDisguised && (code > 127 || MAY_HIDE[code] === 1) && isDisguised(text, at, code)) return null
    const kind = code < 128 ? (CLASSES[code] ?? OTHER) : OTHER
    if (kind === DIGIT) {
      if (groupStart < 0) groupStart = at
    } else if (groupStart >= 0) {
      runs.groups.push(digitGroup(text, groupStart, at, runs.groups.at(-1)))
      groupStart = -1
    }
    if (kind === LETTER || kind === DIGIT) {
      if (runStart < 0) runStart = at
      sorts |= kind
    } else if (runStart >= 0) {
      if (sorts === 3) runs.codes.push({ start: runStart, end: at })
      runStart = -1
      sorts = 0
    }
    if (kind === OTHER || kind === AT) {
      if (tokenStart >= 0 && at - tokenStart >= LONG_TOKEN) runs.longTokens.push({ start: tokenStart, end: at })
      tokenStart = -1
      if (kind === AT) runs.ats.push(at)
    } else if (tokenStart < 0) tokenStart = at
  }
  return runs
}

/** Three colons, or two that touch, or four hyphens or three dots, as far apart as in addresses of networks. */
function hasHexGroups(text: string): boolean {
  return hasStreak(text, ':', 1, 5, 2) || hasStreak(text, '-', 3, 3, 3) || hasStreak(text, '.', 5, 5, 1)
}

function hasStreak(text: string, mark: string, least: number, most: number, wanted: number): boolean {
  let streak = 0
  let last = text.indexOf(mark)
  if (last < 0) return false
  for (let at = text.indexOf(mark, last + 1); at >= 0; at = text.indexOf(mark, at + 1)) {
    const apart = at - last
    streak = apart >= least && apart <= most ? streak + 1 : 0
    if (streak >= wanted || (mark === ':' && apart === 1)) return true
    last = at
  }
  return false
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
  return code < 128 ? CLASSES[code] === LETTER || code === 95 : code > 0xbf
}

/** Lower case with every character in its place: some letters have a lower case of two characters. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}
