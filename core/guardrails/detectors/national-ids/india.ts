import { verhoeff } from '../../checksums.ts'
import type { CodeForm } from '../../code-forms.ts'
import type { NumberForm } from '../../number-forms.ts'

export const indianNumbers: readonly NumberForm[] = [
  {
    // Aadhaar: twelve digits, the first 2 to 9, the last by Verhoeff (UIDAI).
    kind: 'in_aadhaar',
    layouts: ['4 4 4', '4-4-4', '4:4:4', '12'],
    needContext: ['12'],
    isolated: true,
    alone: 'always',
    context: /aadha+r|aadhar|uidai|\buid\b|identity number|\bid\b/,
    valid: digits => /^[2-9]/.test(digits) && verhoeff(digits) && !/^(\d)\1+$/.test(digits),
  },
]

export const indianCodes: readonly CodeForm[] = [
  {
    // Permanent account numbers: the fourth letter tells the kind of holder (Income Tax Department).
    kind: 'in_pan',
    layouts: ['10'],
    alone: true,
    pattern: /^[A-Z]{5}\d{4}[A-Z]$/,
    context: /\bpan\b|permanent account|income tax/,
    valid: code => code.slice(5, 9) !== '0000',
    sure: code => /^...[ABCFGHLJPT]/.test(code),
  },
  {
    // Goods and services tax: state, PAN, entity, Z, check.
    kind: 'in_gstin',
    layouts: ['15'],
    pattern: /^(?:0[1-9]|[12]\d|3[0-7]|97)[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]$/,
    sure: () => true,
  },
  {
    kind: 'in_voter',
    layouts: ['10', '3 7'],
    alone: true,
    pattern: /^[A-Z]{3}\d{7}$/,
    context: /voter|\bvote\b|\bepic\b|elector/,
  },
  {
    kind: 'in_vehicle_registration',
    layouts: ['7', '8', '9', '10', '6', '4 2 4', '2 2 2 4', '2-2-2-4', '4 6', '5 4', '2 2 1 4'],
    alone: true,
    pattern:
      /^(?:[A-Z]{2}\d{1,2}[A-Z]{1,3}\d{4}|[2-9]\dBH\d{4}[A-HJ-NP-Z]{1,2}|[A-Z]{2,3}\d{4}|I\d{5}|\d{2}[A-Z]\d{6}[A-Z])$/,
    context: /vehicle|registration n|number plate|plate|\bbike|\bcar\b|\brto\b/,
  },
]
