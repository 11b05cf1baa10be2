import { luhn } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** Social insurance numbers: nine digits by Luhn; those with 0 or 8 first are not given. */
export const socialInsurance: NumberForm = {
  kind: 'ca_sin',
  layouts: ['3-3-3', '3 3 3', '9'],
  needContext: ['3 3 3', '9'],
  alone: 'always',
  context: /\bsin\b|social insurance|\bnas\b|assurance sociale|insurance number/,
  valid: digits => /^[1-79]/.test(digits) && luhn(digits) && !/^(\d)\1+$/.test(digits),
}
