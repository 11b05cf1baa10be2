import { z } from 'zod'

const NANO = 1_000_000_000n

/** Integer nano-US-dollars as JSON carries them: a decimal string, since JSON numbers lose precision. */
export const NanoUsd = z
  .string()
  .regex(/^-?\d{1,24}$/, 'an integer number of nano-US-dollars, as text')
  .transform(text => BigInt(text))

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

/** A US-dollar amount in an API body: decimal text or a number, read as nano-US-dollars. */
export const UsdAmount = z.union([z.string(), z.number().nonnegative()]).transform((value, context) => {
  const nanoUsd = parseUsd(typeof value === 'number' ? decimalText(value) : value)
  if (nanoUsd !== null) return nanoUsd
  context.addIssue({ code: 'custom', message: 'a non-negative amount in US dollars with at most nine decimals' })
  return z.NEVER
})

function decimalText(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '')
}
