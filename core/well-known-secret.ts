const WORDS = /^(change[-_ ]?(me|it)|secret|default|password|gatehouse|example|your[-_ ]|1234567890)/i

/** Fewer different characters than this no generated secret of 32 or more has, written in hexadecimal or Base64. */
const FEWEST_CHARACTERS = 8

/** Whether a secret is one of tutorials and compose files, or repeats itself: who runs on it is open to everybody. */
export function isWellKnownSecret(secret: string): boolean {
  return WORDS.test(secret) || new Set(secret).size < FEWEST_CHARACTERS
}
