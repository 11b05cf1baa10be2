import { isDisguised } from './canonical-text.ts'
import { HexMarks } from './hex-marks.ts'
import { TRIGGER_LETTERS, triggerKey, triggersOf } from './trigger-words.ts'

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

const LETTER = 1
const DIGIT = 2
const ALPHANUMERIC = LETTER | DIGIT
/** A letter beyond ASCII: words have it, and nothing else. */
const FOREIGN = 4
const OF_WORDS = LETTER | FOREIGN
/** Stands within long tokens: _ - . / + = ~ */
const JOINS = 8
/** What begins an escape: %, & and the backslash. */
const HIDES = 16
const SORTS = Uint8Array.from({ length: 256 }, (_, code) => sortOf(String.fromCharCode(code)))
const AT = 64
/** Letters from here on are small ones, or count as such. */
const SMALL = 97
const LAST_ASCII = 127
const UNDERSCORE = 95
const LONG_TOKEN = 14

function sortOf(character: string): number {
  if (/[A-Za-z]/.test(character)) return LETTER
  if (/\d/.test(character)) return DIGIT
  if (/[-./+=~_]/.test(character)) return JOINS
  if (/[%&\\]/.test(character)) return HIDES
  return character >= 'À' ? FOREIGN : 0
}

/** What names of secrets have in them, by its first three letters. */
const THREE_LETTERS = 0x7fff
const SECRET_NAMES = new Uint8Array(THREE_LETTERS + 1)
for (const name of ['key', 'token', 'secret', 'passw', 'pwd', 'passphrase', 'cred', 'auth', 'access']) {
  SECRET_NAMES[triggerKey(name.slice(0, 3))] = 1
}
// The ends of "Kennwort", "contraseña" and "senha", and the beginning of "wachtwoord".
for (const letters of ['nnw', 'señ', 'sen', 'wac']) SECRET_NAMES[triggerKey(letters)] = 1

/** Runs of characters of one sort, and the words that detectors wait for. */
export class Runs {
  readonly groups: DigitGroup[] = []
  /** Unbroken runs of letters and digits that have both. */
  readonly codes: Span[] = []
  /** Unbroken runs of letters, digits and _ - . / + = ~ of at least 14 characters. */
  readonly longTokens: Span[] = []
  /** Places of every @. */
  readonly ats: number[] = []
  /** Where each word begins that a detector waits for, and what it can be near to; in `camelCase` each hump is one. */
  readonly words: number[] = []
  readonly wordTriggers: number[] = []
  /** All of those together. */
  triggers = 0
  /** Where a name of a secret may begin, within words too. */
  readonly secretNames: number[] = []
  /** Words in `camelCase`, or with _ between them. */
  hasNames = false
  /** Hexadecimal digits are grouped by colons, hyphens or dots as addresses of networks are. */
  hasHexGroups = false
}

/**
 * Reads a text once. Null when characters are disguised, so that it has to be read in its plain form.
 *
 * @param characters of the text, and a space behind them
 */
export function readRuns(text: string, characters: Uint16Array, mayBeDisguised: boolean): Runs | null {
  const reader = new Reader(text, characters, mayBeDisguised)
  return reader.read() ? reader.runs : null
}

class Reader {
  readonly runs = new Runs()
  readonly #text: string
  readonly #characters: Uint16Array
  readonly #mayBeDisguised: boolean
  readonly #marks = new HexMarks()
  #tokenStart = -1
  #codeStart = -1
  /** Sorts of characters in the code that is being read. */
  #sorts = 0
  #isDisguised = false

  constructor(text: string, characters: Uint16Array, mayBeDisguised: boolean) {
    this.#text = text
    this.#characters = characters
    this.#mayBeDisguised = mayBeDisguised
  }

  /** False when characters are disguised. */
  read(): boolean {
    const { length } = this.#text
    for (let at = 0; at < length && !this.#isDisguised; ) {
      const sort = sortAt(this.#characters, at)
      if ((sort & OF_WORDS) !== 0) at = this.#letters(at)
      else if (sort === DIGIT) at = this.#digits(at)
      else this.#sign(at++, sort)
    }
    this.#endCode(length)
    this.#endToken(length)
    this.runs.hasHexGroups = this.#marks.found
    return !this.#isDisguised
  }

  #letters(first: number): number {
    const { runs } = this
    const characters = this.#characters
    let start = first
    let at = first
    let key = 0
    let tail = 0
    let wasLarge = 1
    for (let sort = sortAt(characters, at); (sort & OF_WORDS) !== 0; sort = sortAt(characters, ++at)) {
      const code = characters[at] ?? 0
      if (sort === FOREIGN) this.#foreign(at, code)
      else if (this.#tokenStart < 0 || this.#codeStart < 0) this.#begin(at)
      this.#sorts |= sort
      const isLarge = code < SMALL ? 1 : 0
      if (isLarge > wasLarge) {
        addWord(runs, start, key)
        runs.hasNames = true
        start = at
        key = 0
      }
      wasLarge = isLarge
      // All bits while the letter is one that counts: without a branch, which could not be foreseen.
      const counts = (at - start - TRIGGER_LETTERS) >> 31
      key = (((key << 5) | (code & 31)) & counts) | (key & ~counts)
      tail = ((tail << 5) | (code & 31)) & THREE_LETTERS
      if (SECRET_NAMES[tail] === 1) runs.secretNames.push(at - 2)
    }
    addWord(runs, start, key)
    return at
  }

  #digits(first: number): number {
    const characters = this.#characters
    this.#begin(first)
    this.#sorts |= DIGIT
    let at = first + 1
    while (sortAt(characters, at) === DIGIT) at++
    const { groups } = this.runs
    const before = groups.at(-1)
    const joined = before !== undefined && first - before.end === 1
    groups.push({
      start: first,
      end: at,
      joint: joined ? (this.#text[first - 1] ?? null) : null,
      gluedLeft: first > 0 && isGlue(characters[first - 1] ?? 0),
      gluedRight: isGlue(characters[at] ?? 0),
    })
    return at
  }

  #sign(at: number, sort: number): void {
    const code = this.#characters[at] ?? 0
    if (this.#mayBeDisguised && (sort === HIDES || code > LAST_ASCII)) {
      this.#isDisguised = isDisguised(this.#text, at, code)
    }
    this.#endCode(at)
    if (sort !== JOINS) this.#endToken(at)
    else if (this.#tokenStart < 0) this.#tokenStart = at
    if (code === UNDERSCORE) this.runs.hasNames = true
    else if (code === AT) this.runs.ats.push(at)
    else this.#marks.note(code, at)
  }

  /** A letter that stands in words only. */
  #foreign(at: number, code: number): void {
    if (this.#mayBeDisguised && !this.#isDisguised) this.#isDisguised = isDisguised(this.#text, at, code)
    this.#endCode(at)
    this.#endToken(at)
  }

  #begin(at: number): void {
    if (this.#tokenStart < 0) this.#tokenStart = at
    if (this.#codeStart < 0) this.#codeStart = at
  }

  #endCode(at: number): void {
    if (this.#codeStart >= 0 && (this.#sorts & ALPHANUMERIC) === ALPHANUMERIC) {
      this.runs.codes.push({ start: this.#codeStart, end: at })
    }
    this.#codeStart = -1
    this.#sorts = 0
  }

  #endToken(at: number): void {
    if (this.#tokenStart >= 0 && at - this.#tokenStart >= LONG_TOKEN) {
      this.runs.longTokens.push({ start: this.#tokenStart, end: at })
    }
    this.#tokenStart = -1
  }
}

function sortAt(characters: Uint16Array, at: number): number {
  const code = characters[at] ?? 0
  return code < SORTS.length ? (SORTS[code] ?? 0) : FOREIGN
}

function addWord(runs: Runs, start: number, key: number): void {
  const found = triggersOf(key)
  if (found === 0) return
  runs.words.push(start)
  runs.wordTriggers.push(found)
  runs.triggers |= found
}

/** A letter of any script, or an underscore. */
function isGlue(code: number): boolean {
  return code === UNDERSCORE || (code < SORTS.length ? ((SORTS[code] ?? 0) & OF_WORDS) !== 0 : true)
}
