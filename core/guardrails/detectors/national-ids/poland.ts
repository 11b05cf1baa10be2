import { isDate, weighted } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** PESEL: a date of birth whose month tells the century, and a check digit with weights 1-3-7-9. */
export const pesel: NumberForm = {
  kind: 'pl_pesel',
  layouts: ['11'],
  valid: digits => {
    // Of those who live, the month says 1900 or 2000: the next century adds 40 to it.
    if (Number(digits.slice(2, 4)) > 40 && Number(digits.slice(2, 4)) < 80) return false
    const month = Number(digits.slice(2, 4)) % 20
    if (!isDate(2000 + Number(digits.slice(0, 2)), month, Number(digits.slice(4, 6)))) return false
    return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10])
  },
}
