import {
  formatCompact,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTokens,
  unknownText,
} from '#components/format.ts'
import type { ChartUnit } from './chart-data.ts'

/** A value in full, with its unit: for the tooltip, the table and the summary. Null is "–". */
export function chartValue(value: number | null | undefined, unit: ChartUnit): string {
  if (value === null || value === undefined) return unknownText
  switch (unit) {
    case 'usd':
      return `USD ${formatNumber(value, Math.abs(value) < 1 && value !== 0 ? 4 : 2)}`
    case 'ms':
      return formatDuration(value)
    case 'percent':
      return formatPercent(value)
    case 'tokens':
      return `${formatTokens(value)} tokens`
    case 'count':
      return formatNumber(value, Number.isInteger(value) ? 0 : 1)
  }
}

/** A value as short as an axis or a label at a line's end wants it. */
export function chartTick(value: number, unit: ChartUnit): string {
  if (value === 0) return '0'
  if (unit === 'percent') return formatPercent(value, value < 0.01 ? 1 : 0)
  if (unit === 'ms') return formatDuration(value)
  return formatCompact(value)
}

/** What the axis counts, for its caption. */
export function unitName(unit: ChartUnit): string {
  return { count: '', usd: 'USD', ms: 'time', percent: 'share', tokens: 'tokens' }[unit]
}
