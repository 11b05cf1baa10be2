const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'

/** DNI of citizens and NIE of residents: the letter is that of the number's remainder by 23 (RD 1553/2005). */
export const identity = {
  kind: 'es_dni',
  pattern: /(?<![\w.-])(?:[XYZ][ -]?\d{7}|\d{8}|\d{2}\.\d{3}\.\d{3})[ -]?[A-HJ-NP-TV-Z](?![\w-])/gi,
  valid: (text: string) => {
    const compact = text.toUpperCase().replace(/[ .-]/g, '')
    const number = compact.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2')
    return LETTERS[Number(number) % 23] === compact.at(-1)
  },
}
