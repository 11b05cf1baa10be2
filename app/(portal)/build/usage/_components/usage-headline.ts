import { formatCount, formatMoney, formatPercent, formatTokens } from '#components/format.ts'
import { parseUsd } from '#core/usd.ts'
import type { UsageSums } from '#lib/usage/schema.ts'

/** The heading of Usage: "Your teams spent USD 412.18 in the last 30 days, 8 % more than in the 30 days before". */
export function usageHeadline(who: string, sums: UsageSums, before: UsageSums | null, words: string): string {
  if (sums.requests === 0) return `${who} called no model in ${words}`
  const cost = formatMoney(parseUsd(sums.costUsd))
  return `${who} spent ${cost} in ${words}${comparison(sums, before)}`
}

function comparison(sums: UsageSums, before: UsageSums | null): string {
  const earlier = Number(before?.costUsd ?? 0)
  if (earlier === 0) return ''
  const change = Number(sums.costUsd) / earlier - 1
  if (Math.abs(change) < 0.005) return ', as much as in the period before'
  const size = Math.abs(change) >= 10 ? 'many times' : formatPercent(Math.abs(change), 0)
  return `, ${size} ${change > 0 ? 'more' : 'less'} than in the period before`
}

/** What stands behind the heading: requests, tokens and the share that was refused. */
export function usageFigures(sums: UsageSums): string {
  if (sums.requests === 0) return ''
  const refused = sums.refused > 0 ? `, ${formatPercent(sums.refused / sums.requests)} refused` : ', none refused'
  return `${formatCount(sums.requests, 'request')}, ${formatTokens(sums.totalTokens)} tokens${refused}.`
}
