const CHARACTERS_PER_TOKEN = 4

/** Tokens that an image counts for, whatever its size. */
export const IMAGE_TOKENS = 765

/** Tokens that the wrapping of a message counts for. */
export const MESSAGE_TOKENS = 4

/** Tokens of a text: four characters each, rounded up. Deterministic, near enough to a real tokenizer for English. */
export function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** The beginning of a text that has at most so many tokens. */
export function firstTokens(text: string, tokens: number): string {
  return text.slice(0, tokens * CHARACTERS_PER_TOKEN)
}
