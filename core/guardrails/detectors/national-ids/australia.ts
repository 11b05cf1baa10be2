import { weighted } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** Tax file numbers: the weighted sum is a multiple of 11 (ATO). */
export const taxFile: NumberForm = {
  kind: 'au_tfn',
  layouts: ['3 3 3', '3-3-3', '9', '8', '2 3 3'],
  needContext: 'all',
  context: /\btfn\b|tax file|tax number|\bato\b/,
  valid: digits =>
    Number(digits) > 0 &&
    weighted(digits, digits.length === 9 ? [1, 4, 3, 7, 5, 8, 6, 9, 10] : [10, 7, 8, 4, 6, 3, 5, 1]) % 11 === 0,
}
