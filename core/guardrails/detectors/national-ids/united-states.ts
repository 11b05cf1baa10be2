import type { NumberForm } from '../../number-forms.ts'

const CONTEXT = /social|\bssn\b|\bssa\b|s\.s\.n|tax(?:payer)? id|\btin\b|\bitin\b/
const LAYOUTS = ['3-2-4', '3 2 4', '3.2.4', '9', '3-6', '3.2 4']
const KNOWN_FAKES = new Set(['078051120', '219099999', '123456789'])

/** Social security numbers: areas, groups and serials that the SSA never gave are none (20 CFR 422.103). */
export const socialSecurity: NumberForm = {
  kind: 'us_ssn',
  layouts: LAYOUTS,
  needContext: ['9', '3-6'],
  context: CONTEXT,
  valid: digits =>
    !/^(?:000|666|9)/.test(digits) &&
    digits.slice(3, 5) !== '00' &&
    digits.slice(5) !== '0000' &&
    (!KNOWN_FAKES.has(digits) || digits === '078051120') &&
    !/^(\d)\1+$/.test(digits),
}

/** Taxpayer ids begin with 9 and have a group in the ranges that the IRS assigns (IRM 3.21.263). */
export const taxpayer: NumberForm = {
  kind: 'us_itin',
  layouts: LAYOUTS,
  needContext: ['9', '3-6'],
  context: CONTEXT,
  valid: digits => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(digits),
}
