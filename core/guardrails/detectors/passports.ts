import type { Detector, Match } from '../detector.ts'
import { matchesInZones } from '../scan.ts'

const NUMBER =
  /(?<![\w-])(?:[A-Z]{1,3}[ -]?\d{6,9}|[A-Z]{2}\d{5}[A-Z]?\d|\d{2}[A-Z]{2}\d{5}|[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}|\d{8,9})(?![\w-])/g
/** The second line of a passport's machine-readable zone (ICAO Doc 9303, part 4). */
const MACHINE_READABLE = /(?<![A-Z0-9<])[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14,16}/g
const NEAR = /passport|reisepass|passeport|pasaporte|passaporto|paspoort|paszport|travel document/
const BEFORE = new RegExp(`(?:${NEAR.source})[^.;\\n]{0,48}$`)
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
    if (!NEAR.test(scan.lower)) return found
    for (const { start, end } of matchesInZones(scan, NUMBER)) {
      const before = scan.lower.slice(Math.max(0, start - 70), start)
      const after = scan.lower.slice(end, end + 50)
      if (BEFORE.test(before) || AFTER.test(after)) found.push({ kind: 'passport', start, end })
    }
    return found
  },
}
