import { isDate, weighted } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** PESEL: a date of birth whose month tells the century, and a check digit with weights 1-3-7-9. */
export const pesel: NumberForm = {
  kind: 'pl_pesel',
  layouts: ['11'],
  valid: digits => {
    const month = Number(digits.slice(2, 4)) % 20
    if (!isDate(2000 + Number(digits.slice(0, 2)), month, Number(digits.slice(4, 6)))) return false
    return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10])
  },
}
