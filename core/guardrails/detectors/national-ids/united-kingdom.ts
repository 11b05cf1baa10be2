import { weighted } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** NHS numbers: weights 10 to 2, remainder from 11 (NHS Data Dictionary). Beside a word, since phones look alike. */
export const nhs: NumberForm = {
  kind: 'uk_nhs',
  layouts: ['3 3 4', '3-3-4', '10'],
  needContext: 'all',
  context: /\bnhs\b|national health|patient|health service/,
  valid: digits => {
    const check = 11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)
    return check !== 10 && check % 11 === Number(digits[9]) && !/^(\d)\1+$/.test(digits)
  },
}

/** National insurance numbers: letters and prefixes that HMRC does not use are left out (NIM39110). */
export const nationalInsurance = {
  kind: 'uk_nino',
  pattern:
    /(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?|-)\d{2}([ -]?)\d{2}\1\d{2}(?: ?|-)[A-D](?!\w)/gi,
  valid: (text: string) => text.length > 9 || text === text.toUpperCase(),
}
