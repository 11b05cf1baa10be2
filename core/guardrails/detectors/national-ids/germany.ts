import { mod1110, mrzCheck, weighted, weightedCrossSum } from '../../checksums.ts'
import type { CodeForm } from '../../code-forms.ts'
import type { NumberForm } from '../../number-forms.ts'

export const germanNumbers: readonly NumberForm[] = [
  {
    // Tax ids: in the first ten digits one occurs twice or thrice; the check digit is that of ISO 7064 mod 11,10.
    kind: 'de_steuer_id',
    layouts: ['11', '2 3 3 3'],
    needContext: ['11'],
    alone: 'always',
    context: /steuer|\bid-?nr|identifikationsnummer|tax|\btin\b|id[- ]?n/,
    valid: digits => {
      if (digits.startsWith('0') || !mod1110(digits)) return false
      const counts = new Map<string, number>()
      for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
      const repeated = [...counts.values()].filter(count => count > 1)
      return repeated.length <= 1 && (repeated[0] ?? 2) <= 3
    },
  },
  {
    // Tax numbers of a local office, and their uniform form of thirteen digits.
    kind: 'de_steuernummer',
    layouts: ['3/3/5', '2/3/5', '3/4/4', '2/4/4', '5/5', '2/3/4', '13'],
    needContext: 'all',
    context: /steuer-?n|steuernummer|\bst\.?-?nr|finanzamt|tax number/,
    valid: digits => digits.length !== 13 || /^(?:0[1-9]|1[0-6])/.test(digits),
  },
  {
    // Physicians: weights 4-9 by 10 over six digits (KBV).
    kind: 'de_lanr',
    layouts: ['9'],
    needContext: 'all',
    alone: 'always',
    context: /\blanr\b|arztnummer|arzt-nr/,
    valid: digits => (10 - (weighted(digits, [4, 9, 4, 9, 4, 9]) % 10)) % 10 === Number(digits[6]),
  },
  {
    kind: 'de_bsnr',
    layouts: ['9'],
    needContext: 'all',
    alone: 'always',
    context: /\bbsnr\b|betriebsst/,
    valid: digits => Number(digits) > 0,
  },
]

export const germanCodes: readonly CodeForm[] = [
  {
    // Identity cards: serial of ICAO 9303 with its check digit. Beside a passport's word it is a passport's.
    kind: 'de_id_card',
    layouts: ['9', '10'],
    alone: true,
    pattern:
      /^(?:[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{7}\d|T\d{8}|[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d)$/,
    context: /ausweis|personal-?id|identity card|\bid card|\bperso\b/,
    valid: code => code.startsWith('T') || mrzCheck(code.slice(0, -1)) === Number(code.at(-1)),
  },
  {
    // Pension insurance: date of birth, initial, serial; weighted cross sums by 10 (VKVV, section 4).
    kind: 'de_rvnr',
    layouts: ['12', '2 6 1 3', '8 1 3'],
    pattern: /^\d{2}(?:0[1-9]|[12]\d|3[01]|5[1-9]|[67]\d|8[01])(?:0[1-9]|1[0-2])\d{2}[A-Z]\d{3}$/,
    context: /rentenversicherung|sozialversicherung|\brvnr\b|\bsv-?n|versicherungsnummer/,
    sure: code => {
      const digits = code.slice(0, 8) + ordinal(code.charCodeAt(8)) + code.slice(9)
      return weightedCrossSum(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === Number(code.at(-1))
    },
  },
  {
    // Health insurance: letter and nine digits, weights 1-2 (section 290 SGB V).
    kind: 'de_kvnr',
    layouts: ['10'],
    alone: true,
    pattern: /^[A-Z]\d{9}$/,
    context: /kvnr|krankenkasse|krankenversicher|versicherten|\be ?gk\b|gesundheitskarte|health insurance/,
    valid: code => {
      const digits = ordinal(code.charCodeAt(0)) + code.slice(1)
      return weightedCrossSum(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === Number(code.at(-1))
    },
  },
  {
    kind: 'de_driving_licence',
    layouts: ['11'],
    alone: true,
    pattern: /^(?!(?:AT|DE)\w?\d{8})[A-Z][A-Z0-9]\d{2}[A-Z0-9]{6}[A-Z0-9]$/,
    context: /führerschein|fuehrerschein|fahrerlaubnis|driving licen|driver'?s? licen/,
  },
  {
    // VAT ids end in the digit of ISO 7064 mod 11,10 (BZSt).
    kind: 'de_vat',
    layouts: ['11', '2 9', '2 3 3 3', '5 3 3', '2-9', '2.3.3.3', '2-3-3-3', '2 3-3-3', '2 3.3.3', '2 3-3.3'],
    pattern: /^DE[1-9]\d{8}$/,
    context: /ust|umsatzsteuer|\bvat\b|mwst|tax id/,
    sure: code => mod1110(code.slice(2)),
  },
  {
    kind: 'de_licence_plate',
    layouts: ['1', '2', '3'].flatMap(place =>
      ['1', '2'].flatMap(letters =>
        ['1', '2', '3', '4', '5'].flatMap(number => [
          `${place} ${letters} ${number}`,
          `${place}-${letters}-${number}`,
          `${place}-${letters} ${number}`,
        ]),
      ),
    ),
    alone: true,
    pattern: /^[A-Z]{2,5}\d{1,4}[EH]?$/,
    lettersFirst: true,
    context: /kennzeichen|licen[cs]e plate|number plate|\bkfz\b|plate number|\bplate\b/,
  },
]

function ordinal(code: number): string {
  return String(code - 64).padStart(2, '0')
}
