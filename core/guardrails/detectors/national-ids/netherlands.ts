import { weighted } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** Citizen service numbers: the eleven test with the last weight negative (Besluit BSN). */
export const citizenService: NumberForm = {
  kind: 'nl_bsn',
  layouts: ['9', '4.2.3', '4 2 3', '3 3 3', '3.3.3'],
  needContext: 'all',
  context: /\bbsn\b|burgerservice|sofi|citizen service/,
  valid: digits => Number(digits) > 0 && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
}
