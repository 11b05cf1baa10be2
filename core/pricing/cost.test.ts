import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TokenPrice } from '#core/pricing/cost.ts'
import { costFemtoUsd, costNanoUsd } from '#core/pricing/cost.ts'
import type { TokenUsage } from '#core/pricing/token-usage.ts'
import { addTokenUsage, TOKEN_CLASSES } from '#core/pricing/token-usage.ts'

const NONE: TokenUsage = { input: 0, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }
const UNPRICED: TokenPrice = {
  input: null,
  cachedInput: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  reasoning: null,
}

function classes<T>(value: fc.Arbitrary<T>) {
  return fc.record({
    input: value,
    cachedInput: value,
    cacheWrite5m: value,
    cacheWrite1h: value,
    output: value,
    reasoning: value,
  })
}
const usages = classes(fc.nat(10_000_000))
const fullPrices = classes(fc.bigInt(0n, 10n ** 12n))
const prices = classes(fc.option(fc.bigInt(0n, 10n ** 12n)))

describe('costNanoUsd', () => {
  it('charges each class its own price', () => {
    const price = {
      input: 3_000_000_000n,
      cachedInput: 300_000_000n,
      cacheWrite5m: 3_750_000_000n,
      cacheWrite1h: 6_000_000_000n,
      output: 15_000_000_000n,
      reasoning: 20_000_000_000n,
    }
    const usage = { input: 1000, cachedInput: 2000, cacheWrite5m: 300, cacheWrite1h: 40, output: 500, reasoning: 60 }
    expect(costNanoUsd(usage, price)).toBe(3_000_000n + 600_000n + 1_125_000n + 240_000n + 7_500_000n + 1_200_000n)
  })

  it('falls back to the price of input or output, and is unpriced without one', () => {
    const price = { ...UNPRICED, input: 1_000_000n, output: 2_000_000n }
    const usage = { input: 1, cachedInput: 1, cacheWrite5m: 1, cacheWrite1h: 1, output: 1, reasoning: 1 }
    expect(costNanoUsd(usage, price)).toBe(8n)
    expect(costNanoUsd(usage, { ...price, output: null })).toBeNull()
    expect(costNanoUsd({ ...usage, output: 0 }, { ...price, output: null, reasoning: 5_000_000n })).toBe(9n)
  })

  it('knows that nothing used costs nothing, and that free is not unpriced', () => {
    expect(costNanoUsd(NONE, UNPRICED)).toBe(0n)
    expect(costNanoUsd({ ...NONE, input: 5 }, { ...UNPRICED, input: 0n })).toBe(0n)
    expect(costNanoUsd({ ...NONE, input: 5 }, UNPRICED)).toBeNull()
  })

  it('rounds half up, once', () => {
    expect(costNanoUsd({ ...NONE, input: 1 }, { ...UNPRICED, input: 499_999n })).toBe(0n)
    expect(costNanoUsd({ ...NONE, input: 1 }, { ...UNPRICED, input: 500_000n })).toBe(1n)
    expect(costNanoUsd({ ...NONE, input: 1, output: 1 }, { ...UNPRICED, input: 400_000n, output: 400_000n })).toBe(1n)
  })

  it('is additive before rounding', () => {
    fc.assert(
      fc.property(usages, usages, fullPrices, (a, b, price) => {
        const parts = (costFemtoUsd(a, price) ?? 0n) + (costFemtoUsd(b, price) ?? 0n)
        expect(costFemtoUsd(addTokenUsage(a, b), price)).toBe(parts)
      }),
    )
  })

  it('never falls when a token is added to any class', () => {
    fc.assert(
      fc.property(usages, fullPrices, fc.constantFrom(...TOKEN_CLASSES), (usage, price, tokenClass) => {
        const more = { ...usage, [tokenClass]: usage[tokenClass] + 1 }
        expect(costNanoUsd(more, price) ?? -1n).toBeGreaterThanOrEqual(costNanoUsd(usage, price) ?? 0n)
      }),
    )
  })

  it('is unpriced exactly when a class with tokens lacks a price after fallback', () => {
    fc.assert(
      fc.property(usages, prices, (usage, price) => {
        const lacksInput = usage.input > 0 && price.input === null
        const lacksWrites =
          price.input === null &&
          ((usage.cachedInput > 0 && price.cachedInput === null) ||
            (usage.cacheWrite5m > 0 && price.cacheWrite5m === null) ||
            (usage.cacheWrite1h > 0 && price.cacheWrite1h === null))
        const lacksOutput =
          price.output === null && (usage.output > 0 || (usage.reasoning > 0 && price.reasoning === null))
        expect(costNanoUsd(usage, price) === null).toBe(lacksInput || lacksWrites || lacksOutput)
      }),
    )
  })
})
