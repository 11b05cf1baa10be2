import { codeFinder } from '../../code-forms.ts'
import type { Detector } from '../../detector.ts'
import { numberFinder } from '../../number-forms.ts'
import { latinAmericanCodes, latinAmericanNumbers } from './americas.ts'
import { asianAndAfricanCodes, asianAndAfricanNumbers, chineseResident } from './asia-and-africa.ts'
import { australianNumbers } from './australia.ts'
import { company, person } from './brazil.ts'
import { socialInsurance } from './canada.ts'
import { europeanCodes, europeanNumbers } from './europe.ts'
import { corsicanRegistration, registration } from './france.ts'
import { germanCodes, germanNumbers } from './germany.ts'
import { indianCodes, indianNumbers } from './india.ts'
import { italianCodes, italianNumbers } from './italy.ts'
import { citizenService } from './netherlands.ts'
import { pesel } from './poland.ts'
import { spanishCodes } from './spain.ts'
import { britishCodes, britishNumbers } from './united-kingdom.ts'
import { americanCodes, americanNumbers } from './united-states.ts'

const numbers = numberFinder([
  ...americanNumbers,
  ...britishNumbers,
  ...germanNumbers,
  registration,
  citizenService,
  pesel,
  person,
  company,
  ...indianNumbers,
  ...australianNumbers,
  socialInsurance,
  ...italianNumbers,
  ...europeanNumbers,
  ...asianAndAfricanNumbers,
  chineseResident,
  ...latinAmericanNumbers,
])

const codes = codeFinder([
  ...britishCodes,
  corsicanRegistration,
  ...spanishCodes,
  ...italianCodes,
  ...germanCodes,
  ...indianCodes,
  ...europeanCodes,
  ...asianAndAfricanCodes,
  ...latinAmericanCodes,
  ...americanCodes,
])

/** National, tax, health, licence and registration ids of some forty countries, each with its own checksum or rules. */
export const nationalIds: Detector = {
  id: 'national_id',
  find: scan => [...numbers(scan), ...codes(scan)],
}
