import { isDate } from '../checksums.ts'
import { asWords } from '../context.ts'
import type { Detector, Match } from '../detector.ts'
import { hasTrigger, matchesInZones } from '../scan-places.ts'

const MONTHS =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|juin|juil|août|okt|dez|déc|ene|abr|ago|gen|mag|giu|lug|set|ott|dic'
const DATE = new RegExp(
  String.raw`(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}(?:st|nd|rd|th|\.|º)?(?: of| de)? ?-?(?:${MONTHS})[\p{L}]*\.?,?(?: de)?[ -]?(?:19|20)?\d\d|(?:${MONTHS})[\p{L}]*\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)(?!\d)`,
  'giu',
)
const BEFORE =
  /(?:\bborn\b|\bdob\b|d\.o\.b\.?|date of birth|birth ?date|birth ?day|birth|geboren|geburtsdatum|\bgeb\.|née? le|date de naissance|naissance|nacid[oa]|fecha de nacimiento|nacimiento|nat[oa] il|data di nascita|nascita|geboortedatum|nascimento|data urodzenia|urodzon|födels|född|syntym)[^.;\n]{0,34}$/
const AFTER = /^[^.;\n]{0,12}(?:\bdob\b|date of birth|birthday|\(born\)|is (?:my|his|her|their) birth)/

/** Dates of birth: a date of the last 120 years beside a word that says so, in the commoner European languages. */
export const datesOfBirth: Detector = {
  id: 'date_of_birth',
  find(scan) {
    if (!hasTrigger(scan, 'birth') && !scan.lower.includes('.o.b')) return []
    const found: Match[] = []
    for (const { text, start, end } of matchesInZones(scan, DATE)) {
      const before = asWords(scan.text.slice(Math.max(0, start - 70), start))
      if (!BEFORE.test(before) && !AFTER.test(scan.lower.slice(end, end + 40))) continue
      if (isPossible(text)) found.push({ kind: 'date_of_birth', start, end })
    }
    return found
  },
}

function isPossible(text: string): boolean {
  const parts = text.split(/[./-]/).map(Number)
  const [a = 0, b = 0, c = 0] = parts
  if (parts.length !== 3 || parts.some(Number.isNaN)) return true
  return a > 31 ? isDate(a, b, c) : isDate(c, b, a) || isDate(c, a, b)
}
