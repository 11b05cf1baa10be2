import type { CodeForm } from '../../code-forms.ts'
import type { NumberForm } from '../../number-forms.ts'

/** Registration numbers (NIR): 97 less the remainder of the first thirteen digits (INSEE). */
export const registration: NumberForm = {
  kind: 'fr_nir',
  layouts: ['15', '13 2', '1 2 2 2 3 3 2', '1-2-2-2-3-3-2', '1.2.2.2.3.3.2'],
  valid: digits => isRegistration(digits),
}

/** The same for people born in Corsica, whose department has a letter. */
export const corsicanRegistration: CodeForm = {
  kind: 'fr_nir',
  layouts: ['15', '13 2', '1 2 2 2 3 3 2'],
  pattern: /^[12]\d{4}2[AB]\d{8}$/,
  sure: code => isRegistration(code.replace('2A', '19').replace('2B', '18')),
}

function isRegistration(digits: string): boolean {
  const month = Number(digits.slice(3, 5))
  if (!/^[1-478]/.test(digits) || month < 1 || (month > 12 && month < 20) || month === 99) return false
  return 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13))
}
