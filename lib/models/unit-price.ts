const DECIMAL = /^(\d{1,20})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/
/** US dollars per token to nano-US-dollars per million tokens: × 10⁹ × 10⁶. */
const SHIFT = 15
const MAX = 1_000_000_000_000_000n

/**
 * Reads US dollars per token from decimal text ("2.5e-06") as nano-US-dollars per million tokens, exactly; what
 * is finer than one nano-US-dollar is rounded half up. Null when the text is no such number or beyond
 * 1,000,000 US dollars per million tokens.
 */
export function nanoUsdPerMillion(text: string): bigint | null {
  const match = DECIMAL.exec(text)
  if (!match) return null
  const [, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction)
  const power = SHIFT + Number(exponent) - fraction.length
  if (digits !== 0n && power > 40) return null
  const value = power >= 0 ? digits * 10n ** BigInt(power) : divideHalfUp(digits, 10n ** BigInt(-power))
  return value <= MAX ? value : null
}

function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor / 2n) / divisor
}
