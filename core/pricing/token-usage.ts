/**
 * Tokens of one request in disjoint classes: no token is counted in two of them, so their sum is all tokens billed.
 * Every count is a non-negative integer. Unknown usage is `null` in place of this record, never a record of zeros.
 */
export type TokenUsage = {
  /** Prompt tokens processed afresh: neither read from nor written to a prompt cache. */
  readonly input: number
  /** Prompt tokens read from a prompt cache. */
  readonly cachedInput: number
  /** Prompt tokens written to a prompt cache for five minutes. */
  readonly cacheWrite5m: number
  /** Prompt tokens written to a prompt cache for one hour. */
  readonly cacheWrite1h: number
  /** Generated tokens that are not reasoning. */
  readonly output: number
  /** Generated tokens spent on reasoning. */
  readonly reasoning: number
}

export const TOKEN_CLASSES = [
  'input',
  'cachedInput',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'reasoning',
] as const satisfies readonly (keyof TokenUsage)[]
export type TokenClass = (typeof TOKEN_CLASSES)[number]

/** Prompt tokens of every class: what a vendor's context window counts as input. */
export function promptTokens(usage: TokenUsage): number {
  return usage.input + usage.cachedInput + usage.cacheWrite5m + usage.cacheWrite1h
}

/** Generated tokens, reasoning included. */
export function completionTokens(usage: TokenUsage): number {
  return usage.output + usage.reasoning
}

/** Tokens of every class. */
export function totalTokens(usage: TokenUsage): number {
  return promptTokens(usage) + completionTokens(usage)
}

/** Class by class sum of two usages, as for two attempts of one request. */
export function addTokenUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input: a.input + b.input,
    cachedInput: a.cachedInput + b.cachedInput,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  }
}
