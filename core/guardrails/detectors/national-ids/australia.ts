import { weighted } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

export const australianNumbers: readonly NumberForm[] = [
  {
    // Tax file numbers: the weighted sum is a multiple of 11 (ATO).
    kind: 'au_tfn',
    layouts: ['3 3 3', '3-3-3', '9', '2 3 3', '8'],
    needContext: 'all',
    alone: 'always',
    context: /\btfn\b|tax file|tax number|\bato\b/,
    valid: digits =>
      Number(digits) > 0 &&
      weighted(digits, digits.length === 9 ? [1, 4, 3, 7, 5, 8, 6, 9, 10] : [10, 7, 8, 4, 6, 3, 5, 1]) % 11 === 0,
  },
  {
    // Business numbers: the first digit less one, then a multiple of 89 (ABR).
    kind: 'au_abn',
    layouts: ['2 3 3 3', '11', '2-3-3-3'],
    needContext: 'all',
    alone: 'always',
    context: /\babn\b|business number|australian business/,
    valid: digits =>
      !digits.startsWith('0') && (weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
  },
  {
    // Company numbers: weights 8 to 1, complement of 10 (ASIC).
    kind: 'au_acn',
    layouts: ['3 3 3', '9', '3-3-3'],
    needContext: 'all',
    alone: 'always',
    context: /\bacn\b|company number|\barbn\b/,
    valid: digits =>
      Number(digits) > 0 && (10 - (weighted(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === Number(digits[8]),
  },
  {
    // Medicare: weights 1-3-7-9 by 10, then the number of the card's issue (Services Australia).
    kind: 'au_medicare',
    layouts: ['4 5 1', '10', '4-5-1', '4 5 1 1'],
    needContext: 'all',
    context: /medicare/,
    valid: digits => /^[2-6]/.test(digits) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]),
  },
]
