import { asWords, hasContext } from '../context.ts'
import type { Detector, Match } from '../detector.ts'
import type { Span } from '../runs.ts'
import type { Scan } from '../scan.ts'
import { matchesInZones, piecesAround } from '../scan-places.ts'

const NUMBER =
  /(?<![\w-])(?:[A-Z]{1,3}[ -]?\d{6,9}|[A-Z]{2}\d{5}[A-Z]?\d|\d{2}[A-Z]{2}\d{5}|[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}|[MSROD]\d{3}[A-Z]\d{4}|\d{8,9})(?![\w-])/gi
/** The second line of a passport's machine-readable zone (ICAO Doc 9303, part 4). */
const MACHINE_READABLE = /(?<![A-Z0-9<])[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14,16}/g
/** Forms that little else has, taken when they are the whole text. */
const CERTAIN = /^(?:[A-Z]{2,3}\d{6,7}|[A-Z]\d{7,8}|[MSROD]\d{3}[A-Z]\d{4})$/i
const NEAR =
  /passport|reisepass|\bpass\b|pass-?nr|passeport|pasaporte|passaporto|paspoort|paszport|travel document|여권/
const BEFORE = new RegExp(String.raw`(?:${NEAR.source})(?:[^.;\n]|(?<=\b(?:no|nr|num))\.){0,48}$`)
const AFTER = new RegExp(`^[^.;\\n]{0,24}(?:${NEAR.source})`)

/** Passport numbers beside the word in the commoner European languages, and machine-readable zones anywhere. */
export const passports: Detector = {
  id: 'passport',
  find(scan) {
    const found: Match[] = []
    if (scan.text.includes('<')) {
      for (const { start, end } of matchesInZones(scan, MACHINE_READABLE))
        found.push({ kind: 'passport_mrz', start, end })
    }
    if (CERTAIN.test(scan.text)) return [{ kind: 'passport', start: 0, end: scan.text.length }]
    for (const { start, end } of candidates(scan)) {
      const before = asWords(scan.text.slice(Math.max(0, start - 70), start))
      const after = asWords(scan.text.slice(end, end + 50))
      const named = BEFORE.test(before) || AFTER.test(after) || hasContext(scan, { start, end }, NEAR, 0, 0)
      if (named) found.push({ kind: 'passport', start, end })
    }
    return found
  },
}

/** What looks like a number near the word, and everywhere in a table that has the word in its head. */
function candidates(scan: Scan): Span[] {
  const pieces = piecesAround(scan, 'passport', 60, 110)
  if (scan.text.includes('여권')) pieces.push({ start: 0, end: scan.text.length })
  const [first] = pieces
  if (!first) return []
  const head = scan.text.indexOf('\n')
  const isTable = head > 0 && first.start < head && /[,;\t|]/.test(scan.text.slice(0, head))
  const places = isTable ? scan.zones : pieces
  return places.flatMap(({ start, end }) =>
    [...scan.text.slice(start, end).matchAll(NUMBER)].map(match => {
      const at = start + match.index
      return { start: at, end: at + match[0].length }
    }),
  )
}
