import { luhn } from '../checksums.ts'
import type { Detector } from '../detector.ts'
import { numberFinder } from '../number-forms.ts'

/** Issuer ranges of ISO/IEC 7812 by leading digits, and the lengths that each network issues. */
const NETWORKS: readonly { kind: string; prefix: RegExp; lengths: readonly number[] }[] = [
  { kind: 'visa', prefix: /^4/, lengths: [13, 16, 19] },
  {
    kind: 'mastercard',
    prefix: /^(?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)/,
    lengths: [16],
  },
  { kind: 'american_express', prefix: /^3[47]/, lengths: [15] },
  { kind: 'diners_club', prefix: /^(?:30[0-59]|3[689])/, lengths: [14, 16, 19] },
  { kind: 'discover', prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] },
  { kind: 'jcb', prefix: /^35(?:2[89]|[3-8]\d)/, lengths: [16, 19] },
  { kind: 'jcb', prefix: /^(?:1800|2131)/, lengths: [15] },
  { kind: 'unionpay', prefix: /^(?:62|81)/, lengths: [16, 17, 18, 19] },
  { kind: 'maestro', prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [13, 15, 16, 18, 19] },
  { kind: 'rupay', prefix: /^(?:60|508|82)/, lengths: [16] },
  { kind: 'mir', prefix: /^220[0-4]/, lengths: [16] },
  { kind: 'troy', prefix: /^9792/, lengths: [16] },
  { kind: 'dankort', prefix: /^5019/, lengths: [16] },
  {
    kind: 'elo',
    prefix: /^(?:4011|4312|4389|4514|4576|5041|5066|5067|509|6277|6362|6363|650|6516|6550)/,
    lengths: [16],
  },
  { kind: 'verve', prefix: /^506[01]/, lengths: [16, 18, 19] },
  { kind: 'uatp', prefix: /^1/, lengths: [15] },
]
const CONTEXT = /card|visa|credit|debit|payment|\bcharged?\b|mastercard|amex|karte|carte|tarjeta|carta|pan\b|\bcc\b/
/** What is a card's number whatever its first digits: ranges are assigned faster than lists of them. */
const NAMED = /(?:card|credit|debit|karte|carte|tarjeta|carta|\bcc\b)/
const LAYOUTS = ['13', '14', '15', '16', '17', '18', '19', '4 4 4 4', '4-4-4-4', '4.4.4.4', '4 6 5', '4-6-5', '4 6 4']
const MORE_LAYOUTS = ['4-6-4', '4 4 4 4 3', '4-4-4-4-3', '4 4 4 1', '6 12', '6 13']

/** Payment cards: a network's range, its length and Luhn's check digit. */
export const cards: Detector = {
  id: 'card',
  find: numberFinder([
    {
      kind: 'card',
      layouts: [...LAYOUTS, ...MORE_LAYOUTS],
      // Thirteen digits are far more often an article number than an old card.
      needContext: ['13', '17', '18'],
      context: CONTEXT,
      valid: digits =>
        NETWORKS.some(network => network.lengths.includes(digits.length) && network.prefix.test(digits)) &&
        luhn(digits) &&
        !/^(\d)\1+$/.test(digits),
    },
    {
      kind: 'card',
      layouts: ['12', '13', '14', '15', '16', '17', '18', '19', '4 4 4', '4-4-4', '4 4 4 4', '4-4-4-4'],
      needContext: 'all',
      alone: 'never',
      context: NAMED,
      valid: digits => /^[1-6]/.test(digits) && luhn(digits) && !/^(\d)\1+$/.test(digits),
    },
  ]),
}
