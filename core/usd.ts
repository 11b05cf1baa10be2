const NANO = 1_000_000_000n

/** US dollars as decimal text: at least two places, at most nine, no trailing zeros beyond the second. */
export function formatUsd(nanoUsd: bigint): string {
  const sign = nanoUsd < 0n ? '-' : ''
  const value = nanoUsd < 0n ? -nanoUsd : nanoUsd
  const fraction = (value % NANO).toString().padStart(9, '0').replace(/0+$/, '').padEnd(2, '0')
  return `${sign}${value / NANO}.${fraction}`
}

/** Reads decimal US dollars ("20", "0.15") into nano-US-dollars; null when it is no such number. */
export function parseUsd(text: string): bigint | null {
  const match = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text.trim())
  if (!match) return null
  return BigInt(match[1] ?? '0') * NANO + BigInt((match[2] ?? '').padEnd(9, '0'))
}
