import { weighted } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

const COMPANY = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]

/** People (CPF): two check digits, each the rest of a sum by 11. */
export const person: NumberForm = {
  kind: 'br_cpf',
  layouts: ['3.3.3-2', '11', '9-2', '3.3.3.2', '3 3 3 2'],
  valid: digits =>
    !/^(\d)\1+$/.test(digits) &&
    checkDigit(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[9]) &&
    checkDigit(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[10]),
}

/** Companies (CNPJ): the same with other weights. */
export const company: NumberForm = {
  kind: 'br_cnpj',
  layouts: ['2.3.3/4-2', '14', '8/4-2'],
  valid: digits =>
    !/^(\d)\1+$/.test(digits) &&
    checkDigit(digits, COMPANY.slice(1)) === Number(digits[12]) &&
    checkDigit(digits, COMPANY) === Number(digits[13]),
}

function checkDigit(digits: string, weights: readonly number[]): number {
  const rest = weighted(digits, weights) % 11
  return rest < 2 ? 0 : 11 - rest
}
