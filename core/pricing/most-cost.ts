import { classPrice, roundedNanoUsd, type TokenPrice } from './cost.ts'
import type { TokenClass } from './token-usage.ts'

/** The cost, in nano-US-dollars, when every token falls into the dearest class that it can fall into; 0 without a price. */
export function mostCostNanoUsd(price: TokenPrice, inputTokens: number, outputTokens: number): bigint {
  return (
    costOf(dearest(price, 'input', 'cacheWrite1h'), inputTokens) +
    costOf(dearest(price, 'output', 'reasoning'), outputTokens)
  )
}

/** Whether the most that a request costs is known: what nobody has priced is not 0. */
export function isPriced(price: TokenPrice | null, generates: boolean): price is TokenPrice {
  if (price === null || classPrice(price, 'input') === null) return false
  return !generates || classPrice(price, 'output') !== null
}

function costOf(perMillion: bigint | null, tokens: number): bigint {
  return perMillion === null || tokens === 0 ? 0n : roundedNanoUsd(BigInt(tokens) * perMillion)
}

/** The higher price of two classes; null when neither has one. */
function dearest(price: TokenPrice, one: TokenClass, other: TokenClass): bigint | null {
  const [first, second] = [classPrice(price, one), classPrice(price, other)]
  return first !== null && (second === null || first >= second) ? first : second
}
