import { classPrice, costNanoUsd, type TokenPrice } from './cost.ts'
import type { TokenClass } from './token-usage.ts'

const NONE = { input: 0, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }

/** The cost, in nano-US-dollars, when every token falls into the dearest class that it can fall into; 0 without a price. */
export function mostCostNanoUsd(price: TokenPrice, inputTokens: number, outputTokens: number): bigint {
  return (
    costOf(dearest(price, 'input', 'cacheWrite1h'), price, inputTokens) +
    costOf(dearest(price, 'output', 'reasoning'), price, outputTokens)
  )
}

/** Whether the most that a request costs is known: what nobody has priced is not 0. */
export function isPriced(price: TokenPrice | null, generates: boolean): price is TokenPrice {
  if (price === null || classPrice(price, 'input') === null) return false
  return !generates || classPrice(price, 'output') !== null
}

function costOf(tokenClass: TokenClass, price: TokenPrice, tokens: number): bigint {
  return costNanoUsd({ ...NONE, [tokenClass]: tokens }, price) ?? 0n
}

function dearest(price: TokenPrice, one: TokenClass, other: TokenClass): TokenClass {
  const [first, second] = [classPrice(price, one), classPrice(price, other)]
  return first !== null && (second === null || first >= second) ? one : other
}
