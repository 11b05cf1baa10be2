import { weighted } from '../../checksums.ts'
import type { CodeForm } from '../../code-forms.ts'
import type { NumberForm } from '../../number-forms.ts'

export const britishNumbers: readonly NumberForm[] = [
  {
    // NHS numbers: weights 10 to 2, remainder from 11 (NHS Data Dictionary). Beside a word, since phones look alike.
    kind: 'uk_nhs',
    layouts: ['3 3 4', '3-3-4', '10'],
    needContext: 'all',
    alone: 'always',
    context: /\bnhs\b|national health|patient|health service/,
    valid: digits => {
      const check = 11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)
      return check !== 10 && check % 11 === Number(digits[9]) && !/^(\d)\1+$/.test(digits)
    },
  },
  {
    // Unique taxpayer references: the first digit checks the others, by 11 (HMRC).
    kind: 'uk_utr',
    layouts: ['10', '5 5'],
    needContext: 'all',
    context: /\butr\b|taxpayer reference|self[- ]assessment/,
    valid: digits => '21987654321'[weighted(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] === digits[0],
  },
]

export const britishCodes: readonly CodeForm[] = [
  {
    // National insurance numbers: letters and prefixes that HMRC does not use are left out (NIM39110).
    kind: 'uk_nino',
    layouts: ['9', '2 2 2 2 1', '2-2-2-2-1', '2 6 1', '2 7', '2-6-1', '8 1', '8-1', '2.2.2.2.1'],
    pattern: /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
    sure: () => true,
  },
  {
    // Driving licences: five of the surname, the date of birth in another order, initials, check (DVLA).
    kind: 'uk_driving_licence',
    layouts: ['16', '5 6 5', '5 6 2 3', '5-6-5'],
    pattern: /^[A-Z9]{5}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9][A-Z]{2}$/,
    sure: () => true,
  },
  {
    kind: 'uk_vehicle_registration',
    layouts: ['7', '4 3', '4-3', '6', '5', '2 3', '3 3', '3 2', '3 4', '4-2'],
    alone: true,
    pattern:
      /^(?:[A-HJ-PR-Y]{2}(?:0[1-9]|[1-7]\d)[A-HJ-PR-Z]{3}|[A-HJ-NPR-TV-Y]\d{1,3}[A-HJ-PR-Y][A-HJ-PR-Z]{2}|[A-HJ-PR-Z]{3}\d{1,3}[A-HJ-NPR-TV-Y])$/,
    context: /\bcar\b|vehicle|registration (?:number|plate|mark)|\bvrm\b|\breg\b|number plate|\bdvla\b/,
  },
]
