import { beginsWithDate, luhn, verhoeff, weighted } from '../../checksums.ts'
import type { CodeForm } from '../../code-forms.ts'
import type { NumberForm } from '../../number-forms.ts'

/** Ids of Asian and African countries that have no file of their own. */
export const asianAndAfricanNumbers: readonly NumberForm[] = [
  {
    kind: 'kr_rrn',
    layouts: ['6-7', '13'],
    needContext: ['13'],
    alone: 'always',
    context: /\brrn\b|resident|주민|korean/,
    valid: digits => beginsWithDate(digits) && /^\d{6}[1-4]/.test(digits),
  },
  {
    kind: 'kr_frn',
    layouts: ['6-7', '13'],
    needContext: ['13'],
    alone: 'always',
    context: /\bfrn\b|foreigner|외국인|korean|alien registration/,
    valid: digits => beginsWithDate(digits) && /^\d{6}[5-8]/.test(digits),
  },
  {
    // South Korea, businesses: weights 137137135, the last product's tens count too.
    kind: 'kr_brn',
    layouts: ['3-2-5', '10'],
    needContext: ['10'],
    alone: 'always',
    context: /\bbrn\b|사업자|business registration/,
    valid: digits => {
      const sum = weighted(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((Number(digits[8]) * 5) / 10)
      return (10 - (sum % 10)) % 10 === Number(digits[9])
    },
  },
  {
    kind: 'kr_driving_licence',
    layouts: ['2-2-6-2', '2 2 6 2', '12'],
    needContext: ['12', '2 2 6 2'],
    alone: 'always',
    context: /licen[cs]e|면허|driver/,
    valid: digits => /^(?:1[1-9]|2[0-68])/.test(digits),
  },
  {
    // Thailand: weights 13 to 2, complement of 11.
    kind: 'th_tnin',
    layouts: ['13', '1-4-5-2-1', '1 4 5 2 1'],
    needContext: ['13'],
    alone: 'always',
    context: /thai|บัตรประชาชน|เลขประจำตัว|\btnin\b/,
    valid: digits =>
      /^[1-9](?:[134]\d|2[0-7]|5[0-8]|[67][0-7]|[89][0-6])/.test(digits) &&
      (11 - (weighted(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === Number(digits[12]),
  },
  {
    // South Africa: date, serial, citizenship, Luhn (Identification Act).
    kind: 'za_id',
    layouts: ['13', '6 4 3', '6 4 2 1'],
    valid: digits => beginsWithDate(digits) && /^\d{10}[0-2][89]/.test(digits) && luhn(digits),
  },
  {
    kind: 'ph_tin',
    alone: 'never',
    layouts: ['3-3-3-3', '3-3-3', '12', '9', '3-3-3-5'],
    needContext: ['3-3-3', '12', '9', '3-3-3-5', '3-3-3-3'],
    context: /\btin\b|\bbir\b|tax ?(?:payer)? ?(?:id|n)/,
    valid: digits => digits.slice(0, 9) !== '000000000',
  },
  {
    kind: 'ng_nin',
    layouts: ['11'],
    needContext: 'all',
    context: /\bnin\b|national identi/,
    valid: digits => verhoeff(digits),
  },
  {
    kind: 'il_teudat_zehut',
    layouts: ['9', '8-1'],
    needContext: 'all',
    context: /teudat|israeli? id|תעודת/,
    valid: luhn,
  },
  {
    // Japan: weights 6-5-4-3-2-7-6-5-4-3-2, complement of 11.
    kind: 'jp_my_number',
    layouts: ['12', '4 4 4', '4-4-4'],
    needContext: 'all',
    context: /my number|マイナンバー|個人番号/,
    valid: digits => {
      const rest = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
      return (rest < 2 ? 0 : 11 - rest) === Number(digits[11])
    },
  },
]

const CHINESE = '10X98765432'

export const asianAndAfricanCodes: readonly CodeForm[] = [
  {
    // Singapore, people: weights 2765432 by 11; the table depends on the first letter (ICA).
    kind: 'sg_nric',
    layouts: ['9', '1 7 1', '1-7-1'],
    alone: true,
    pattern: /^[A-Z]\d{7}[A-Z]$/,
    context: /nric|\bfin\b|singapore|identity card/,
    sure: nric,
  },
  {
    kind: 'sg_uen',
    layouts: ['9', '10'],
    alone: true,
    pattern: /^(?:\d{8}[A-Z]|\d{9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z])$/,
    context: /\buen\b|unique entity|\bacra\b|business registration/,
    sure: code => /^[TSR]\d{2}[A-Z]{2}\d{4}[A-Z]$/.test(code),
  },
  {
    // China, residents: ISO 7064 mod 11-2 (GB 11643).
    kind: 'cn_resident_id',
    layouts: ['18'],
    pattern: /^[1-9]\d{16}X$/,
    sure: chinese,
  },
  {
    // Taiwan: letter as two digits, weights 1-9-8-…-1 by 10.
    kind: 'tw_id',
    layouts: ['10'],
    pattern: /^[A-Z][1289]\d{8}$/,
    context: /taiwan|身分證|national id|identity/,
    valid: code => {
      const letter = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(code[0] ?? '') + 10
      return weighted(`${letter}${code.slice(1)}`, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0
    },
  },
  {
    kind: 'ng_vehicle_registration',
    layouts: ['8', '3-5', '3 5'],
    alone: true,
    pattern: /^[A-Z]{3}\d{3}[A-Z]{2}$/,
    context: /plate|vehicle|registration/,
  },
]

function nric(code: string): boolean {
  const first = code[0] ?? ''
  const shift = first === 'T' || first === 'G' ? 4 : first === 'M' ? 3 : 0
  const rest = (weighted(code.slice(1), [2, 7, 6, 5, 4, 3, 2]) + shift) % 11
  if (first === 'S' || first === 'T') return 'JZIHGFEDCBA'[rest] === code[8]
  if (first === 'F' || first === 'G') return 'XWUTRQPNMLK'[rest] === code[8]
  return first === 'M' && 'KLJNPQRTUWX'[10 - rest] === code[8]
}

function chinese(code: string): boolean {
  const sum = weighted(code, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
  return CHINESE[sum % 11] === code[17] && beginsWithDate(code.slice(8))
}

/** The same without an X, which is a run of digits. */
export const chineseResident: NumberForm = {
  kind: 'cn_resident_id',
  layouts: ['18'],
  valid: digits => chinese(digits),
}
