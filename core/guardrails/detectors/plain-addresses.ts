import type { Span } from '../runs.ts'
import type { Scan } from '../scan.ts'
import { TRIGGER } from '../trigger-words.ts'

/** Where all of an address stands around its number. */
const BEFORE = 64
const AFTER = 96
/** A word for a street stands within so many characters behind the number. */
const REACH = 56
/** Groups of digits before a word for a street that can be the number: of "12, 5th avenue" it is the first. */
const MOST_NUMBERS = 2

const STATE =
  '(?:a[lkzr]|c[aot]|de|dc|fl|ga|hi|i[dlna]|k[sy]|la|m[edainsot]|n[evhjmycd]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[ta]|w[aviy])'
const TOWN = String.raw`\p{L}[\p{L} .'’-]{1,28}`
const UK_CODE = String.raw`[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}`

/** A number, a name of one to three words, and a word for a street. */
const ENGLISH =
  /\d{1,5}[a-z]?(?:[-/]\d{1,4})?,? (?:(?:[nsew]|north|south|east|west)\.? )?((?:[a-z][a-z'’.-]{1,24} |\d{1,3}(?:st|nd|rd|th) ){1,3})(?:(street|avenue|ave|road|rd|boulevard|blvd|lane|ln|terrace|parkway|pkwy|crescent|highway|hwy|mews|alley)|drive|dr|court|ct|way|place|pl|close|square|sq|st|circle|cir|trail|loop|walk|row|hill|grove|park|gardens)(?![\p{L}\d])\.?/uy
/** Words between a number and a word for a street that tell that the number counts something. */
const COUNTED =
  /\b(?:the|an?|of|on|in|and|or|for|with|to|per|more|new|from|by|at|our|my|your|is|are|was|were|than|that|this|as|not?|its?|their|up|down|off|all|any|each|every|some|other|open|long|(?:minute|hour|day|week|month|year|mile|metre|meter|bed|bedroom|lane|way|km)s?|feet|foot|people|users?|percent|single|short)\b/
/** What follows an address: its flat, its town and state, its code. */
const REST = new RegExp(
  String.raw`^,? ?(?:(?:apt|apartment|suite|ste|unit|flat)\b\.? ?#?\d{1,5}|(?:${TOWN},? )?${UK_CODE}(?![a-z\d])|,? ?${TOWN}, ${STATE}(?:,? \d{5}(?:-\d{4})?(?!\d)|(?=\s*(?:$|[.,;\n])))|(?:${TOWN},? )?${STATE},? \d{5}(?:-\d{4})?(?!\d))`,
  'u',
)
/** Words that say where somebody lives or where something goes, right before the number. */
const TOLD =
  /(?:\baddress(?:es)?\b(?: (?:is|are|on file is))?|\b(?:liv(?:e[sd]?|ing)|resid(?:es?|ing)|located|stay(?:s|ing)?|based) (?:at|on|in)|\b(?:ship|deliver|courier|send|sent|mail|bring|return|drop|forward|taxi|cab|come|get|go|drive|moved?|parcel|package|pick)\w*\b[^.!?\n\d]{0,24}\b(?:to|at|from)|\bmeet(?:ing)?(?: \w{2,5})? at|\b(?:office|house|home|store|shop|restaurant|hotel|flat|apartment|property|party|branch|warehouse|clinic|school)\b[^.!?\n\d]{0,12}\b(?:is|at)(?: (?:at|on))?|\b(?:flat|apt|apartment|suite|unit)\.? ?#?\d{1,4}[a-z]?),?:?[\s"']{0,3}$/
/** Enough before a word that means nothing but a street. */
const PLACED =
  /(?:\b(?:at|on|to|from|near|opposite|behind)|\b(?:we|i|they|you|s?he)(?:['’](?:re|m|s)| (?:are|am|is)) at)[\s"']{0,3}$/
const WHOLE_REST = new RegExp(String.raw`^(?:, ?${TOWN}){0,3}[ \d-]*\.?$`, 'u')

const FRENCH =
  /\d{1,4}(?: ?(?:bis|ter|quater))?,? (?:(rue|boulevard|chemin|impasse|all[ée]e|quai|avenue (?=d[eu'’]))|avenue|av\.|bd|place|route|cours|square) (?:(?:de la|de|du|des|la|le|les) |[dl]['’])*(?!heures?\b)\p{L}{3,30}(?:[ -]\p{L}{3,20}){0,2}/uy
/** A French town with its code behind the street. */
const CODE_AND_TOWN = /^,? ?\d{5} \p{L}{3,30}/u

const SOUTHERN =
  /(?:(calle|c\/|avenida|avda\.|paseo|carrer|viale|piazza|vicolo|rua|travessa|alameda|ul\.|ulica|al\.)|plaza|rambla|via|corso|largo) ?(?:(?:de|del|della|dei|degli|la|las|los|da|do|dos|das|di) ){0,3}(?:\p{L}[\p{L}.'’-]{2,24},? ){1,3}(?:n[.ºo°]* ?)?\d{1,4}(?:\/\d{1,3}| ?[a-h])?(?![\w%]|[.,]\d)/uy
const GERMAN =
  /(?<![\p{L}-])(?:(?!bundes|kreis|staats|schnell)[\p{L}-]{3,30}(?:stra(?:ß|ss)e|str\.|gasse|allee|chaussee|straat|laan|gracht|singel|dijk)|(?!(?:ein|dies|jed|unser|ihr|sein|mein|kein|welch|ander|imm|üb|unt|hint|wied)er )(?:\p{L}{3,}er|alte[rn]?|neue[rn]?) (?:stra(?:ß|ss)e|str\.|gasse|allee|platz|weg|ring|damm|ufer|markt)) $/u
/** Streets whose name ends in what means other things too. */
const GERMAN_WEAK =
  /(?<![\p{L}-])(?:(?:am|an der|im|auf der|unter den|zum|zur) (?:\p{L}{3,20} )?\p{L}{0,24}|\p{L}{3,24})(?:weg|platz|damm|ufer|markt|ring|hof|berg|bach|feld|garten|plein|kade) $/u
/** A name after these words is a street's, whatever it is. */
const NAMED =
  /(?:anschrift|adresse?|direcci[óo]n|indirizzo|endere[çc]o|morada|domicilio)(?: (?:ist|lautet|est|es|è|é))? ?:? |(?:wohn(?:e|t|en)|liefer(?:n|t|e|ung)|habit(?:e|ons|ent)|liv(?:rer|rez)|abit(?:o|a|iamo)|viv(?:o|e|imos)|entreg(?:ar|ue)|woo?n(?:t|en)?|mor(?:o|a|amos)|mieszka(?:m|my)?)(?: (?:in|an|am|im|en|em|na|no|op|aan|a|au|à|przy|bei))?(?: (?:der|dem|den|die|el|la|het|de))? /y
const NAME_AND_NUMBER =
  /(?:(?!(?:etage|stock|zimmer|raum|piso|planta|port|porta|nummer|num[ée]ro|n[úu]mero|server|servidor|serveur|block|haus|seite|zeile|zone|region|byte|register|ip|tag|jahr|version|oder|und|seit|vor|mit|nur|etwa|circa|ca|nach|depuis|desde|da|dal|seit) )\p{L}[\p{L}'’.-]{2,24} |(?:am|im|an|de|la|le|el|do|da|di|du|ul\.|auf|zum|zur|den|der|dem|unter) ){1,4}\d{1,4}(?: ?[a-h])?(?![\w%]|[.,:]\d)(?=\s*(?:[,.;)"'\n]|$))/uy
const TOLD_ELSEWHERE =
  /(?<!\p{L})(?:\p{L}{0,12}adress?e?|anschrift|direcci[óo]n|indirizzo|endere[çc]o|morada|domicilio|wohn|liefer|habit|livr|abit|viv|entreg|woon|mor[oa]|mieszk|umgezogen|zieh|schick|envoy|envi[ae]|sped)\p{L}{0,6}\b[^.!?\n\d]{0,24}$/u

/**
 * Addresses in small or in large letters only, as people type them. A street's word and a number say little then, so
 * that a town, a code, or words that tell of an address must stand beside them, unless the street's word means nothing
 * else.
 */
export function findPlainAddresses(scan: Scan, add: Add): void {
  const { groups, words, wordTriggers } = scan
  let next = 0
  for (let at = 0; at < words.length; at++) {
    const sort = wordTriggers[at] ?? 0
    if ((sort & WANTED) === 0) continue
    const word = words[at] ?? 0
    while (next < groups.length && (groups[next]?.start ?? 0) < word) next++
    if ((sort & TRIGGER.residence) !== 0) addNamed(scan, word, add)
    if ((sort & TRIGGER.rue) !== 0) addSouthern(scan, word, add)
    if ((sort & (TRIGGER.street | TRIGGER.rue)) === 0) continue
    for (let number = next - 1; number >= 0 && number >= next - MOST_NUMBERS; number--) {
      const group = groups[number] as Span
      if (word - group.end > REACH) break
      if (!isFirst(scan, group)) continue
      if ((sort & TRIGGER.street) !== 0) addEnglish(scan, group.start, add)
      if ((sort & TRIGGER.rue) !== 0 && word - group.end < LONGEST_BIS) addFrench(scan, group.start, add)
    }
  }
}

/** A German or Dutch street that ends in its word right before the number. */
export function addPlainStreet(scan: Scan, { start, end }: Span, add: Add): void {
  const { lower } = scan
  const before = lower.slice(Math.max(0, start - BEFORE), start)
  const sure = GERMAN.exec(before)
  const street = sure ?? GERMAN_WEAK.exec(before)
  if (!street) return
  const house = HOUSE.exec(lower.slice(end, end + 4))?.[0].length ?? 0
  addIfTold(scan, start - street[0].length, end + house, sure !== null, add)
}

export type Add = (start: number, end: number) => void

const WANTED = TRIGGER.street | TRIGGER.rue | TRIGGER.residence
const HOUSE = /^ ?[a-h](?![\p{L}\d])/u
/** Between a number and a French word for a street stand a space, or "bis" or "ter". */
const LONGEST_BIS = 10

/** Whether the number may begin an address: at most a letter, a comma and a space stand behind it. */
function isFirst({ text }: Scan, { start, end }: Span): boolean {
  const before = text.charCodeAt(start - 1)
  const opens = start === 0 || before <= 32 || before === 34 || before === 39 || before === 40
  return opens && end - start <= 5 && (text.charCodeAt(end) === 32 || text.charCodeAt(end + 1) === 32)
}

function addEnglish({ lower }: Scan, start: number, add: Add): void {
  ENGLISH.lastIndex = start
  const match = ENGLISH.exec(lower)
  if (!match || COUNTED.test(match[1] ?? '')) return
  const end = start + match[0].length
  const after = lower.slice(end, end + AFTER)
  const rest = REST.exec(after)?.[0].length ?? 0
  const isWhole = start <= 1 && lower.length < AFTER && WHOLE_REST.test(after)
  const before = textBefore(lower, start)
  const isPlaced = PLACED.test(before) && (match[2] !== undefined || /^, ?\p{L}/u.test(after))
  if (rest > 0 || isPlaced || (isWhole && (match[2] || after.startsWith(','))) || TOLD.test(before))
    add(start, end + rest)
}

function addFrench(scan: Scan, start: number, add: Add): void {
  FRENCH.lastIndex = start
  const match = FRENCH.exec(scan.lower)
  if (match) addIfTold(scan, start, start + match[0].length, match[1] !== undefined, add, true)
}

function addSouthern(scan: Scan, start: number, add: Add): void {
  SOUTHERN.lastIndex = start
  const match = SOUTHERN.exec(scan.lower)
  if (match) addIfTold(scan, start, start + match[0].length, match[1] !== undefined, add)
}

/** Takes a street that is sure and ends its part of a sentence, or one with a town, or words that tell of it, beside. */
function addIfTold(scan: Scan, start: number, end: number, isSure: boolean, add: Add, mayGoOn = false): void {
  const { lower } = scan
  const after = lower.slice(end, end + REACH)
  const rest = CODE_AND_TOWN.exec(after)?.[0].length ?? 0
  const isWhole = start <= 1 && lower.length < AFTER && /^, ?\p{L}/u.test(after)
  const ends = isSure && (mayGoOn || /^\s*(?:[,.;:!?)"'\n]|$)/.test(after))
  if (rest > 0 || ends || isWhole || TOLD_ELSEWHERE.test(textBefore(lower, start))) add(start, end + rest)
}

/** A name and a number right behind words that tell of an address. */
function addNamed({ lower }: Scan, word: number, add: Add): void {
  NAMED.lastIndex = word
  if (!NAMED.test(lower)) return
  const start = NAMED.lastIndex
  NAME_AND_NUMBER.lastIndex = start
  if (NAME_AND_NUMBER.test(lower)) add(start, NAME_AND_NUMBER.lastIndex)
}

function textBefore(lower: string, start: number): string {
  return lower.slice(Math.max(0, start - BEFORE), start)
}
