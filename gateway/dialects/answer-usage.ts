import { normalizeAnthropicUsage } from '#core/pricing/normalize-anthropic.ts'
import { normalizeOpenAiUsage } from '#core/pricing/normalize-openai.ts'
import type { TokenUsage } from '#core/pricing/token-usage.ts'
import type { Family } from '#gateway/operations.ts'

/** Characters that one token stands for in an estimate, near enough for English text and JSON. */
const CHARACTERS_PER_TOKEN = 4

/** Reads the usage that a provider reported; null when it is absent or impossible. */
export function readUsage(family: Family, usage: unknown): TokenUsage | null {
  return family === 'anthropic' ? normalizeAnthropicUsage(usage) : normalizeOpenAiUsage(usage)
}

/**
 * An estimate for an answer whose provider reported no usage, or only a part of it: never less than one token of
 * input, nor than one of output when text was generated.
 *
 * @param promptCharacters characters of the request
 * @param generatedCharacters characters of generated text that were delivered
 * @param partial what the provider did report, such as the input of a message that was cut
 */
export function estimateUsage(
  promptCharacters: number,
  generatedCharacters: number,
  partial: TokenUsage | null,
): TokenUsage {
  const output = Math.ceil(generatedCharacters / CHARACTERS_PER_TOKEN)
  if (partial) return { ...partial, output: Math.max(partial.output, output - partial.reasoning) }
  const input = Math.max(1, Math.ceil(promptCharacters / CHARACTERS_PER_TOKEN))
  return { input, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output, reasoning: 0 }
}

/** Characters of text anywhere in a parsed answer: what an estimate counts when a whole answer has no usage. */
export function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  let length = 0
  for (const part of Object.values(value)) length += textLength(part)
  return length
}

/** About how many tokens a request of so many bytes has: what candidates are compared by. */
export function estimatedPromptTokens(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / CHARACTERS_PER_TOKEN))
}

/** The most tokens that a text of so many bytes can reasonably be: a bound for reservations, not an estimate. */
export function mostPromptTokens(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 2))
}
