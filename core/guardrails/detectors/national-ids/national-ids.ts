import type { Detector, Match } from '../../detector.ts'
import { numberFinder } from '../../number-forms.ts'
import { matchesInZones } from '../../scan.ts'
import { taxFile } from './australia.ts'
import { company, person } from './brazil.ts'
import { socialInsurance } from './canada.ts'
import { corsicanRegistration, registration } from './france.ts'
import { taxId } from './germany.ts'
import { aadhaar, permanentAccount } from './india.ts'
import { fiscalCode } from './italy.ts'
import { citizenService } from './netherlands.ts'
import { pesel } from './poland.ts'
import { identity } from './spain.ts'
import { nationalInsurance, nhs } from './united-kingdom.ts'
import { socialSecurity, taxpayer } from './united-states.ts'

const numbers = numberFinder([
  socialSecurity,
  taxpayer,
  nhs,
  taxId,
  registration,
  citizenService,
  pesel,
  person,
  company,
  aadhaar,
  taxFile,
  socialInsurance,
])

/** Those with letters in them, by their own pattern. */
const lettered = [nationalInsurance, corsicanRegistration, identity, fiscalCode, permanentAccount] as const

/** National and tax ids of twelve countries, each with its own checksum or rules. */
export const nationalIds: Detector = {
  id: 'national_id',
  find(scan) {
    const found: Match[] = numbers(scan)
    for (const { kind, pattern, valid } of lettered) {
      for (const { text, start, end } of matchesInZones(scan, pattern)) {
        if (valid(text)) found.push({ kind, start, end })
      }
    }
    return found
  },
}
