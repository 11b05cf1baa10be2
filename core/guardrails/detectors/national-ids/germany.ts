import { mod1110 } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** Tax ids: in the first ten digits one occurs twice or thrice, and the check digit is that of ISO 7064 mod 11,10. */
export const taxId: NumberForm = {
  kind: 'de_steuer_id',
  layouts: ['11', '2 3 3 3'],
  needContext: ['11'],
  context: /steuer|\bidnr|identifikationsnummer|tax|\btin\b|id[- ]?n/,
  valid: digits => {
    if (digits.startsWith('0')) return false
    const counts = new Map<string, number>()
    for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
    const repeated = [...counts.values()].filter(count => count > 1)
    return repeated.length === 1 && (repeated[0] ?? 9) <= 3 && mod1110(digits)
  },
}
