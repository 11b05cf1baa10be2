import type { CodeForm } from '../../code-forms.ts'

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'

export const spanishCodes: readonly CodeForm[] = [
  {
    // DNI of citizens and NIE of residents: the letter is that of the number's remainder by 23 (RD 1553/2005).
    kind: 'es_dni',
    layouts: [
      '9',
      '8 1',
      '8-1',
      '2.3.3-1',
      '2.3.3 1',
      '2.3.4',
      '8',
      '7-1',
      '7 1',
      '1-7-1',
      '1 7 1',
      '1-8',
      '1.3.3-1',
      '1 7-1',
    ],
    alone: true,
    pattern: /^(?:[XYZ]\d{7}|\d{7,8})[A-HJ-NP-TV-Z]$/,
    context: /\bdni\b|\bnif\b|\bnie\b|documento nacional|identidad|identificaci/,
    valid: code => {
      const number = code.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2')
      return LETTERS[Number(number) % 23] === code.at(-1)
    },
    // Seven digits and a letter are as often a part number.
    sure: code => code.length === 9,
  },
]
