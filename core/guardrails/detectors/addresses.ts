import type { Detector, Match } from '../detector.ts'
import type { DigitGroup } from '../runs.ts'
import type { Scan } from '../scan.ts'
import { TakenPlaces } from '../taken-places.ts'
import { TRIGGER } from '../trigger-words.ts'
import { type Add, addPlainStreet, findPlainAddresses } from './plain-addresses.ts'
import { findToldAddresses } from './told-addresses.ts'

const WORD = String.raw`[\p{Lu}][\p{L}'’.-]{1,24}`
const STATES =
  'A[LKZR]|C[AOT]|DE|DC|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]'

/** Streets whose name ends in a word for one that hardly means anything else. */
const ENGLISH = new RegExp(
  String.raw`(?<![\w#$€£.,:-])\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})?,? (?:[NSEW]\.? |North |South |East |West )?(?:(?:${WORD}|\d{1,3}(?:st|nd|rd|th)) ){1,4}(?:Street|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Lane|Ln\.?|Terrace|Parkway|Pkwy\.?|Crescent|Highway|Hwy\.?|St\.|Mews|Gardens|Alley)(?![\p{L}])`,
  'gu',
)
/** The same with words that mean other things too: taken when a place, a flat or a postcode follows. */
const ENGLISH_WEAK = new RegExp(
  String.raw`(?<![\w#$€£.,:-])\d{1,5}[A-Za-z]? (?:(?:${WORD}) ){1,4}(?:Drive|Dr\.?|Court|Ct\.?|Way|Place|Pl\.?|Close|Square|Sq\.?|St|Circle|Cir\.?|Trail|Loop|Walk|Row|Hill|Grove|Park)(?:, ?(?:Apt|Suite|Ste|Unit|Flat|#)|, ?[\p{Lu}][\p{L} .'-]{2,28}(?:,|$|\.| \d| [A-Z]{1,2}\d)|,? ?(?:${STATES}) \d{5})`,
  'gu',
)
const BOX = /(?<!\w)P\.? ?O\.? ?Box \d{1,6}(?!\d)/gi
const CITY_ZIP = new RegExp(String.raw`(?<![\p{L}])(?:${WORD} ?){1,3}, (?:${STATES}),? \d{5}(?:-\d{4})?(?!\d)`, 'gu')
const UK_POSTCODE = /(?<!\w)(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})(?!\w)/g
const WHOLE_POSTCODE =
  /^(?:GIR ?0AA|[A-PR-UWYZ](?:\d[ABCDEFGHJKPSTUW]?|\d\d|[A-HK-Y]\d[ABEHMNPRVWXY]?|[A-HK-Y]\d\d) ?\d[ABD-HJLNP-UW-Z]{2})$/i
const GERMAN =
  /(?<![\p{L}])(?:[\p{Lu}][\p{L}-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|damm|ufer|chaussee|markt)|(?:[\p{Lu}][\p{L}-]{2,}er |Am |An der |Im |Auf der |Alte[rn]? |Neue[rn]? )(?:Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Markt|[\p{Lu}][\p{L}-]{3,20}(?:berg|hof|bach|feld))) \d{1,4} ?[a-h]?(?![\w.,]\d)/gu
const DUTCH =
  /(?<![\p{L}])[\p{Lu}][\p{L} -]{0,24}(?:straat|laan|plein|gracht|kade|singel|dijk) \d{1,4} ?[a-zA-Z]?(?!\w)/gu
const FRENCH =
  /(?<!\w)\d{1,4}(?: ?(?:bis|ter|quater))?,? (?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d|[Pp]lace|[Cc]hemin|[Ii]mpasse|[Aa]ll[ée]e|[Qq]uai|[Rr]oute|[Cc]ours|[Ss]quare) (?:de |du |des |de la |d['’]|la |le |les |l['’])*\p{Lu}[\p{L}'’-]{1,30}/gu
const SOUTHERN =
  /(?<![\p{L}])(?:Calle|C\/|Avenida|Avda\.|Plaza|Paseo|Carrer|Rambla|Via|Viale|Piazza|Corso|Largo|Vicolo|Rua|Travessa|Alameda|ul\.|ulica|al\.) ?(?:de |del |della |dei |degli |la |las |los |da |do |dos |das |di |[\p{Lu}][\p{L}.'’-]{1,24} ?){1,5},? ?(?:n[.ºo°]* ?)?\d{1,4}(?:\/\d{1,3})?(?![\w%])/gu
const CONTEXT =
  /address|lives? (?:at|in|on)|living at|resid|ship(?:ping|ped)? to|deliver|send (?:it|them|the|this)|mail(?:ing|ed)? to|located at|home|postcode|zip|moved to|anschrift|adresse|wohn|direcci[óo]n|indirizzo/

/** What German and Dutch streets end in, or are called, right before the number. */
const BEFORE_NUMBER =
  /(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|markt|berg|hof|bach|feld|garten|straat|laan|plein|gracht|kade|singel|dijk) $/

const BEFORE = 60
/** Within so many characters behind a word for a street its name begins. */
const NAME = 24
const AFTER = 70

/** Postal addresses: a street with a number, a box, a town with its code; a UK postcode beside a word that says so. */
export const addresses: Detector = {
  id: 'address',
  find(scan) {
    const found: Match[] = []
    if (!scan.groups.some(group => group.end - group.start <= 6)) return found
    const taken = new TakenPlaces(scan.text.length)
    const addPlain: Add = (start, end) => {
      if (taken.take(start, end)) found.push({ kind: 'address', start, end })
    }
    findToldAddresses(scan, taken, found)
    findNearStreets(scan, taken, found)
    for (const { start, end } of scan.groups) {
      if (end - start <= 4 && isBehindName(scan, start)) {
        for (const pattern of [GERMAN, DUTCH]) addAround(scan, taken, found, pattern, start, end)
        addPlainStreet(scan, { start, end }, addPlain)
      }
      if (end - start === 5 && /[A-Z]{2},? $/.test(scan.text.slice(Math.max(0, start - 4), start))) {
        addAround(scan, taken, found, CITY_ZIP, start, end)
      }
    }
    if ((scan.triggers & (TRIGGER.street | TRIGGER.rue | TRIGGER.residence)) !== 0) findPlainAddresses(scan, addPlain)
    if (WHOLE_POSTCODE.test(scan.text)) found.push({ kind: 'address', start: 0, end: scan.text.length })
    for (const group of scan.groups) if (endsPostcode(scan, group)) findPostcode(scan, taken, found, group)
    return found
  },
}

/** Whether a letter or a dot and a space stand before the number, and then what a street's name ends in. */
function isBehindName({ text, lower }: Scan, start: number): boolean {
  if (text.charCodeAt(start - 1) !== 32 || text.charCodeAt(start - 2) < 46) return false
  return BEFORE_NUMBER.test(lower.slice(Math.max(0, start - 10), start))
}

/** Around words for a street that stand apart; only there is it worth looking. */
function findNearStreets(scan: Scan, taken: TakenPlaces, found: Match[]): void {
  let done = -1
  for (let at = 0; at < scan.words.length; at++) {
    const index = scan.words[at] ?? 0
    const triggers = scan.wordTriggers[at] ?? 0
    if ((triggers & (TRIGGER.street | TRIGGER.rue)) === 0 || index < done) continue
    const slice = scan.text.slice(Math.max(0, index - BEFORE), index + AFTER)
    if (!/\d/.test(slice)) continue
    const before = found.length
    if ((triggers & TRIGGER.street) !== 0 && isCapitalized(scan.text, index)) {
      for (const pattern of [ENGLISH, ENGLISH_WEAK]) addAround(scan, taken, found, pattern, index, index)
    }
    if (scan.lower.startsWith('box ', index)) addAround(scan, taken, found, BOX, index, index)
    if ((triggers & TRIGGER.rue) !== 0 && /\p{Lu}/u.test(scan.text.slice(index, index + NAME))) {
      for (const pattern of [FRENCH, SOUTHERN]) addAround(scan, taken, found, pattern, index, index)
    }
    if (found.length > before) done = found.at(-1)?.end ?? -1
  }
}

/** A digit between a space and two large letters. */
function endsPostcode({ text }: Scan, { start, end, gluedRight }: DigitGroup): boolean {
  if (end - start !== 1 || !gluedRight || text.charCodeAt(start - 1) !== 32) return false
  return isLarge(text.charCodeAt(end)) && isLarge(text.charCodeAt(end + 1))
}

/** One large letter and then a small one. */
function isCapitalized(text: string, at: number): boolean {
  return isLarge(text.charCodeAt(at)) && !isLarge(text.charCodeAt(at + 1))
}

function isLarge(code: number): boolean {
  return code >= 65 && code <= 90
}

function findPostcode(scan: Scan, taken: TakenPlaces, found: Match[], { start, end }: DigitGroup): void {
  const near = scan.lower.slice(Math.max(0, start - BEFORE), end + AFTER)
  if (!CONTEXT.test(near)) return
  const from = Math.max(0, start - 6)
  add(taken, found, UK_POSTCODE, scan.text.slice(from, end + 3), from)
}

function addAround(
  { text }: Scan,
  taken: TakenPlaces,
  found: Match[],
  pattern: RegExp,
  start: number,
  end: number,
): void {
  const from = Math.max(0, start - BEFORE)
  add(taken, found, pattern, text.slice(from, end + AFTER), from)
}

function add(taken: TakenPlaces, found: Match[], pattern: RegExp, slice: string, from: number): void {
  pattern.lastIndex = 0
  for (let match = pattern.exec(slice); match; match = pattern.exec(slice)) {
    const start = from + match.index
    const end = start + match[0].length
    if (taken.take(start, end)) found.push({ kind: 'address', start, end })
  }
}
