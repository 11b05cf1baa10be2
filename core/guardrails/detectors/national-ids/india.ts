import { verhoeff } from '../../checksums.ts'
import type { NumberForm } from '../../number-forms.ts'

/** Aadhaar numbers: twelve digits, the first 2 to 9, the last by Verhoeff (UIDAI). */
export const aadhaar: NumberForm = {
  kind: 'in_aadhaar',
  layouts: ['4 4 4', '4-4-4', '12'],
  needContext: ['12'],
  context: /aadha+r|aadhar|uidai|\buid\b|identity number|\bid\b/,
  valid: digits => /^[2-9]/.test(digits) && verhoeff(digits) && !/^(\d)\1+$/.test(digits),
}

/** Permanent account numbers: the fourth letter tells the kind of holder (Income Tax Department). */
export const permanentAccount = {
  kind: 'in_pan',
  pattern: /(?<!\w)[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z](?!\w)/gi,
  valid: (text: string) => text === text.toUpperCase() && !text.slice(5, 9).startsWith('0000'),
}
