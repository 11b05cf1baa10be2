import { z } from 'zod'
import { parseUsd } from './usd.ts'

// Apart, since pages that only show amounts need no zod.
export { formatUsd, parseUsd } from './usd.ts'

/** Integer nano-US-dollars as JSON carries them: a decimal string, since JSON numbers lose precision. */
export const NanoUsd = z
  .string()
  .regex(/^-?\d{1,24}$/, 'an integer number of nano-US-dollars, as text')
  .transform(text => BigInt(text))

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
