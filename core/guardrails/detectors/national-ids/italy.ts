const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

/** Codice fiscale: odd places by a table, even places by value, the sum's remainder by 26 is the last letter (DM 23/12/1976). */
export const fiscalCode = {
  kind: 'it_codice_fiscale',
  pattern: /(?<!\w)[A-Z]{6} ?[\dLMNP-V]{2} ?[ABCDEHLMPRST] ?[\dLMNP-V]{2} ?[A-Z][\dLMNP-V]{3} ?[A-Z](?!\w)/gi,
  valid: (text: string) => {
    const code = text.toUpperCase().replace(/ /g, '')
    let sum = 0
    for (let at = 0; at < 15; at++) {
      const character = code.charCodeAt(at)
      const value = character >= 65 ? character - 65 : character - 48
      sum += at % 2 === 0 ? (ODD[value] ?? 0) : value
    }
    return String.fromCharCode(65 + (sum % 26)) === code[15]
  },
}
