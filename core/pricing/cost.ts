import type { TokenClass, TokenUsage } from '#core/pricing/token-usage.ts'
import { TOKEN_CLASSES } from '#core/pricing/token-usage.ts'

/** Nano-US-dollars per million tokens of each class; null: the class has no price of its own. */
export type TokenPrice = { readonly [K in TokenClass]: bigint | null }

const PER_MILLION = 1_000_000n
const HALF = PER_MILLION / 2n

/** The class whose price stands in when a class has none. */
const FALLBACK: { readonly [K in TokenClass]: TokenClass } = {
  input: 'input',
  cachedInput: 'input',
  cacheWrite5m: 'input',
  cacheWrite1h: 'input',
  output: 'output',
  reasoning: 'output',
}

/** Price of a class in nano-US-dollars per million tokens, after fallback; null when there is none. */
export function classPrice(price: TokenPrice, tokenClass: TokenClass): bigint | null {
  return price[tokenClass] ?? price[FALLBACK[tokenClass]]
}

/**
 * Cost before rounding, in nano-US-dollars × 10⁻⁶ (femto-US-dollars): Σ tokens × price per million.
 * Exactly additive over usages.
 *
 * @returns null (unpriced) when a class with tokens has no price after fallback
 */
export function costFemtoUsd(usage: TokenUsage, price: TokenPrice): bigint | null {
  let sum = 0n
  for (const tokenClass of TOKEN_CLASSES) {
    const tokens = usage[tokenClass]
    if (tokens === 0) continue
    const perMillion = classPrice(price, tokenClass)
    if (perMillion === null) return null
    sum += BigInt(tokens) * perMillion
  }
  return sum
}

/**
 * Cost of a usage in nano-US-dollars, rounded once, half up, after the classes are summed.
 *
 * @returns null (unpriced) when a class with tokens has no price after fallback
 */
export function costNanoUsd(usage: TokenUsage, price: TokenPrice): bigint | null {
  const exact = costFemtoUsd(usage, price)
  return exact === null ? null : roundedNanoUsd(exact)
}

/** Nano-US-dollars of an exact cost in 10⁻⁶ of them, rounded half up. */
export function roundedNanoUsd(exact: bigint): bigint {
  return (exact + HALF) / PER_MILLION
}
