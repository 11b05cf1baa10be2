import { luhn } from '../../checksums.ts'
import type { CodeForm } from '../../code-forms.ts'
import type { NumberForm } from '../../number-forms.ts'

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

export const italianCodes: readonly CodeForm[] = [
  {
    // Codice fiscale: odd places by a table, even places by value; the remainder by 26 is the last letter (DM 23/12/1976).
    kind: 'it_codice_fiscale',
    layouts: ['16', '6 5 5', '3 3 5 5', '6 2 1 2 4 1', '6 2 3 5', '6 2 3 4 1'],
    pattern: /^[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/,
    context: /codice fiscale|cod\. ?fisc|\bc\.?f\.?\b|fiscal code|tax code/,
    sure: code => checkLetter(code) === code[15],
  },
  {
    kind: 'it_driving_licence',
    layouts: ['10'],
    alone: true,
    pattern: /^(?:[A-Z]{2}\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z])$/,
    context: /patente|licen[cs]e/,
  },
  {
    kind: 'it_identity_card',
    layouts: ['9', '2 7'],
    alone: true,
    pattern: /^(?:[A-Z]{2}\d{7}|\d{7}[A-Z]{2}|[A-Z]{2}\d{5}[A-Z]{2})$/,
    context: /carta (?:d.?|di )?identit|\bcie\b|identity card|documento/,
  },
]

const IVA = /\biva\b|partita|\bvat\b|\bp\.? ?iva/

export const italianNumbers: readonly NumberForm[] = [
  {
    // VAT numbers: Luhn over eleven digits (DPR 633/1972).
    kind: 'it_partita_iva',
    layouts: ['11', '8 3'],
    needContext: 'all',
    alone: 'never',
    context: IVA,
    valid: digits => Number(digits) > 0 && luhn(digits),
  },
  {
    // Without a word the eighth to tenth digit must name an office that gives them.
    kind: 'it_partita_iva',
    layouts: ['11', '8 3'],
    needContext: 'all',
    alone: 'always',
    context: IVA,
    valid: digits => Number(digits) > 0 && isOffice(Number(digits.slice(7, 10))) && luhn(digits),
  },
]

/** Provinces up to 100, and the offices for those abroad and of special sorts. */
function isOffice(code: number): boolean {
  return code <= 100 || code === 120 || code === 121 || code === 888 || code === 999
}

function checkLetter(code: string): string {
  let sum = 0
  for (let at = 0; at < 15; at++) {
    const character = code.charCodeAt(at)
    const value = character >= 65 ? character - 65 : character - 48
    sum += at % 2 === 0 ? (ODD[value] ?? 0) : value
  }
  return String.fromCharCode(65 + (sum % 26))
}
