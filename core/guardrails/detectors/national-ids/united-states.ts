import { luhn } from '../../checksums.ts'
import type { CodeForm } from '../../code-forms.ts'
import type { NumberForm } from '../../number-forms.ts'

const CONTEXT = /social|\bssn\b|\bssa\b|s\.s\.n|tax(?:payer)? id|\btin\b|\bitin\b/
const LAYOUTS = ['3-2-4', '3 2 4', '3.2.4', '9', '3-6', '3.2 4', '5-4']
/** Printed so often as an example that they say nothing. */
const KNOWN_FAKES = new Set(['219099999', '123456789', '987654321'])
const LICENCE =
  /^(?:[A-Z]\d{3,14}|[A-Z]{1,3}\d{4,9}|\d{2}[A-Z]{3}\d{5,6}|\d{3}[A-Z]{2}\d{4}|\d{7,9}[A-Z]{1,2}|[A-Z]\d{6}R|[A-Z]\d{18}|\d{8}[A-Z]{2}|[A-Z]\d{2,3}[A-Z]\d{4,5}|[A-Z]{2}\d{6}[A-Z])$/
const LICENCE_CONTEXT = /driv(?:er|ing)['’]?s?[- ]?licen[cs]e|\bdl\b|\bdriver id|licen[cs]e (?:no|number|#|is|id)/

export const americanNumbers: readonly NumberForm[] = [
  {
    // Social security numbers: areas, groups and serials that the SSA never gave are none (20 CFR 422.103).
    kind: 'us_ssn',
    layouts: LAYOUTS,
    needContext: ['9', '3-6', '5-4', '3.2.4', '3.2 4'],
    alone: 'always',
    context: CONTEXT,
    valid: digits =>
      !/^(?:000|666|9)/.test(digits) &&
      digits.slice(3, 5) !== '00' &&
      digits.slice(5) !== '0000' &&
      !KNOWN_FAKES.has(digits) &&
      !/^(\d)\1+$/.test(digits),
  },
  {
    // Taxpayer ids begin with 9 and have a group in the ranges that the IRS assigns (IRM 3.21.263).
    kind: 'us_itin',
    layouts: LAYOUTS,
    needContext: ['9', '3-6', '5-4'],
    alone: 'always',
    context: CONTEXT,
    valid: digits => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(digits),
  },
  {
    // Providers of care: Luhn with the prefix 80840 (CMS).
    kind: 'us_npi',
    layouts: ['10', '4-3-3', '4 3 3'],
    needContext: 'all',
    alone: 'always',
    context: /\bnpi\b|provider|physician/,
    valid: digits => /^[12]/.test(digits) && luhn(`80840${digits}`) && !/^(\d)\1+$/.test(digits),
  },
  {
    kind: 'us_driving_licence',
    alone: 'never',
    layouts: ['7', '8', '9', '10', '12', '3-3-3', '3 3 3', '3-2-4', '3-3-4', '4-4-4', '4-2-4'],
    needContext: 'all',
    context: LICENCE_CONTEXT,
    valid: digits => Number(digits) > 0,
  },
]

export const americanCodes: readonly CodeForm[] = [
  {
    // Medicare beneficiaries: letters other than S, L, O, I, B, Z in fixed places (CMS).
    kind: 'us_mbi',
    layouts: ['11', '4-3-4', '4 3 4'],
    pattern: /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d[AC-HJKMNP-RT-Y]{2}\d{2}$/,
    sure: () => true,
  },
  {
    // Prescribers (DEA): first, third and fifth digit and twice the others end in the seventh.
    kind: 'us_dea',
    layouts: ['9'],
    pattern: /^[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}$/,
    context: /\bdea\b|prescri|medical licen|certificate|practitioner/,
    valid: code => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, check = 0] = [...code.slice(2)].map(Number)
      return (a + c + e + 2 * (b + d + f)) % 10 === check
    },
  },
  {
    kind: 'us_driving_licence',
    layouts: [
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '11',
      '12',
      '13',
      '14',
      '15',
      '19',
      '4-4-4',
      '4-4-5',
      '1-3-3',
      '4-4-4-2',
      '1-7',
    ],
    pattern: LICENCE,
    context: LICENCE_CONTEXT,
  },
]
