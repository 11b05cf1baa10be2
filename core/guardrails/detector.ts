import type { Scan } from './scan.ts'

/** What can be looked for. Organization patterns come besides these, as `pattern:<name>`. */
export const DETECTORS = {
  secret: 'Secrets and keys',
  card: 'Payment cards',
  iban: 'Bank accounts (IBAN)',
  national_id: 'National, tax and licence ids',
  passport: 'Passports',
  routing_number: 'US bank and routing numbers',
  crypto_wallet: 'Crypto wallets',
  date_of_birth: 'Dates of birth',
  email: 'E-mail addresses',
  phone: 'Phone numbers',
  address: 'Postal addresses',
  ip_address: 'IP and MAC addresses',
  prompt_injection: 'Prompt injection',
} as const satisfies Record<string, string>
export type DetectorId = keyof typeof DETECTORS

/** Where something was found in a text: `kind` names the sort within the detector, `end` is exclusive. */
export interface Match {
  kind: string
  start: number
  end: number
}

/** Looks for one sort of data in a scanned text. It never returns or keeps the value itself. */
export interface Detector {
  readonly id: DetectorId
  find(scan: Scan): Match[]
}

export function isDetectorId(text: string): text is DetectorId {
  return Object.hasOwn(DETECTORS, text)
}
