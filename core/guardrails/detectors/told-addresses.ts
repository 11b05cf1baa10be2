import type { Match } from '../detector.ts'
import type { Span } from '../runs.ts'
import type { Scan } from '../scan.ts'
import { piecesAround } from '../scan-places.ts'
import type { TakenPlaces } from '../taken-places.ts'
import { TRIGGER } from '../trigger-words.ts'

/** Words, in letters of any script, as streets and towns have them. */
const WORDS = String.raw`\p{L}[\p{L}'’.´-]*(?:[ ]\p{L}[\p{L}'’.´-]*){0,5}`
/** A number and a name; a further number, or a large letter, tells a street from "10 characters". */
const NUMBERED = String.raw`\d{1,6}[A-Za-z]?,? (?:\d{1,4} )?(?:(?=[^\n\d]{4,})${WORDS} \d{1,5}[A-Za-z]?(?![\w%])|(?:(?<=\d \d{1,4} )|(?=[^\n,\d]{0,24}\p{Lu}))${WORDS})`
const STREET = String.raw`(?:${NUMBERED}|(?=\p{Lu}[^\n\d]{4,})${WORDS} \d{1,5}[A-Za-z]?(?![\w%]))`
const UNIT = String.raw`(?:[Aa]pt|APT|[Aa]partment|[Ss]uite|SUITE|[Ss]te|[Ff]lat)\b\.? ?#?\d{1,5}`
const BREAK = String.raw`(?:\s*,\s*|[ \t>?]*\n[ \t>?]*(?:\n[ \t]*)?)`
/** Further lines or parts of the address up to its code: short, and of nothing but names. */
const REST = String.raw`(?:\.?(?:${BREAK}|\s)${UNIT})?(?:${BREAK}(?:, )?[\p{L} .'’()-]{2,40}?(?: ?\d[\d -]{1,8}\d)?(?=[\n,.;]|\s*$)){0,4}(?:${BREAK}\d{4,6}(?![\w.,]|[ -]\d))?`

/** What is said to be an address: a number and a name right behind the words that say so. */
const TOLD =
  /(?:address(?:es)?(?: (?:to|is|of|with|on file|for)\b[^\n\d:]{0,40}?(?:is|to|with|:)?|,? here (?:it is|they are) ?:|\? it(?: i|')s| ?[:=])|corner of|drops (?:you|us|me) off at|lives? (?:at|on)|living at|resid(?:es?|ing) at|offices? (?:(?:is|are) )?(?:located )?at|(?:restaurant|store|shop|house|home|hotel|party) is at|located at|moved to|shipped to|deliver(?:ed)? to|anschrift ?:|adresse(?: ?:| lautet| est)|direcci[óo]n(?: ?:| es)|indirizzo(?: ?:| è))[ \t]*[\n ]{0,3}/y
const ADDRESS = new RegExp(`${STREET}${REST}`, 'uy')
/** The same where more than addresses can follow. */
const MET = /(?:meet (?:me |us |\w+day )?at|return (?:it )?to|taxi to|lives? in)(?: [^\s\d,]+,)? /y
const NUMBERED_TWICE = new RegExp(String.raw`\d{3,6} (?:\d{1,4} )?${WORDS} \d{1,5}(?!\w)${REST}`, 'uy')
/** A number, a name, and the number of a flat; or the flat first. */
const FLAT = new RegExp(
  String.raw`(?<![\w#$€£.,:/-])\d{1,6},? (?:\d{1,4} )?${WORDS}(?:,? \d{1,5}\.?){0,2}(?:${BREAK}|(?<!\p{L}{2}\.) )${UNIT}${REST}|(?<!\w)${UNIT},? ${NUMBERED}${REST}`,
  'gu',
)
/** Lines as on an envelope: a number and a name, a town, and the country or region with its code. */
const ENVELOPE = new RegExp(
  String.raw`\d{1,6} (?:\d{1,4} )?${WORDS}(?: \d{1,5}[A-Za-z]?)?\.?\n[ \t>?]*\p{Lu}[\p{L} .'’()-]{1,40}\n[ \t>?]*(?:, ?\p{L}{2,4}\n[ \t>?]*)?\p{Lu}[\p{L} .,'’()-]{1,40} \d{4,6}(?![\d.,])`,
  'uy',
)
/** Post of armed forces: unit and box, then one of three offices with the region's code. */
const FORCES = /[afd]po,?\s+a[aep]\s+\d{5}(?:-\d{4})?(?!\d)/y
const UNIT_BEFORE = /\b(?:psc|unit|cmr|uss|usns|usnv|uscgc)\b[^\n]{1,40}\n?[ ]*$/
const CODE_NAME =
  /(?:zip(?:[ -]?code)?|postleitzahl|postnummer|plz|c[óo]digo postal|post(?:al)?(?:[ -]?code)?\b)[ \t]*(?:is|lautet|est|es|[:=#])?[ \t]*/y
const CODE = /(?:(?:[A-Z]{1,2}-)?\d{3,5}(?:[- ]\d{2,4})?|[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2})(?![\w%]|[.,]\d)/y

/** How far before and behind the word for a flat all of an address stands. */
const BEFORE = 90
const AFTER = 190
const BOX = 60

type Add = (start: number, end: number | null) => void

/** Addresses whose street has no word for one: told by the words before them, or by what follows. */
export function findToldAddresses(scan: Scan, taken: TakenPlaces, found: Match[]): void {
  const add = (start: number, end: number | null) => addTo(taken, found, start, end)
  for (let at = 0; at < scan.words.length; at++) {
    const sort = scan.wordTriggers[at] ?? 0
    if ((sort & (TRIGGER.residence | TRIGGER.postcode)) === 0) continue
    const start = scan.words[at] ?? 0
    if ((sort & TRIGGER.residence) !== 0) {
      addBehind(scan, TOLD, ADDRESS, start, add)
      addBehind(scan, MET, NUMBERED_TWICE, start, add)
    } else {
      addBehind(scan, CODE_NAME, CODE, start, add)
      addForces(scan, start, add)
    }
  }
  for (const piece of piecesAround(scan, 'flat', BEFORE, AFTER)) addFlats(scan, piece, add)
  for (const { start, end } of scan.groups) {
    const beginsLine = end - start <= 6 && (start === 0 || scan.text[start - 1] === '\n') && scan.text[end] === ' '
    if (beginsLine) add(start, endOf(ENVELOPE, scan.text, start))
  }
}

/** What stands behind words that tell of it. */
function addBehind({ text, lower }: Scan, words: RegExp, value: RegExp, at: number, add: Add): void {
  const start = endOf(words, lower, at)
  if (start !== null) add(start, endOf(value, text, start))
}

function addForces({ lower }: Scan, at: number, add: Add): void {
  const end = endOf(FORCES, lower, at)
  if (end === null) return
  const box = UNIT_BEFORE.exec(lower.slice(Math.max(0, at - BOX), at))
  add(at - (box?.[0].length ?? 0), end)
}

function addFlats({ text }: Scan, { start, end }: Span, add: Add): void {
  const piece = text.slice(start, end)
  if (!/\d/.test(piece)) return
  for (const match of piece.matchAll(FLAT)) add(start + match.index, start + match.index + match[0].length)
}

/** Where the match that begins exactly here ends; null when there is none. */
function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function addTo(taken: TakenPlaces, found: Match[], start: number, end: number | null): void {
  if (end !== null && taken.take(start, end)) found.push({ kind: 'address', start, end })
}
