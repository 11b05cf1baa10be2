import { costNanoUsd, type TokenPrice } from './cost.ts'

const NONE = { input: 0, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }

/** The cost, in nano-US-dollars, when every token falls into the dearest class that it can fall into; 0 without a price. */
export function mostCostNanoUsd(price: TokenPrice, inputTokens: number, outputTokens: number): bigint {
  const inputs = [
    costNanoUsd({ ...NONE, input: inputTokens }, price),
    costNanoUsd({ ...NONE, cacheWrite1h: inputTokens }, price),
  ]
  const outputs = [
    costNanoUsd({ ...NONE, output: outputTokens }, price),
    costNanoUsd({ ...NONE, reasoning: outputTokens }, price),
  ]
  return largest(inputs) + largest(outputs)
}

function largest(amounts: readonly (bigint | null)[]): bigint {
  let most = 0n
  for (const amount of amounts) if (amount !== null && amount > most) most = amount
  return most
}
