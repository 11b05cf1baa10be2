import { formatDay } from '#core/day-words.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** What stands where a value is unknown. Unknown is never shown as 0. */
export const unknownText = '–'

export type MoneyFormat = {
  /** Decimal places. Without it: two from USD 1 on, four below. */
  digits?: number
  /** Shortens to k, M or bn with one decimal from 1,000 on: "USD 49.1k". */
  compact?: boolean
  /** False leaves the currency out, for columns whose header names it. */
  currency?: boolean
}

/**
 * Nano-US-dollars as text: "USD 15,000.00", "USD 0.0412", "USD 49.1k"; null is "–".
 * A nonzero amount too small for its decimals reads "< USD 0.0001" instead of zero.
 */
export function formatMoney(nanoUsd: bigint | string | null | undefined, format: MoneyFormat = {}): string {
  if (nanoUsd === null || nanoUsd === undefined) return unknownText
  const amount = BigInt(nanoUsd)
  const size = amount < 0n ? -amount : amount
  const prefix = `${format.currency === false ? '' : 'USD '}${amount < 0n ? '−' : ''}`
  if (format.compact && size >= 1_000_000_000_000n) return prefix + formatCompact(Number(size / 10_000_000n) / 100)
  const digits = format.digits ?? (size === 0n || size >= 1_000_000_000n ? 2 : 4)
  const scaled = divideRounded(size, 10n ** BigInt(9 - digits))
  if (scaled === 0n && size > 0n) {
    return `< ${format.currency === false ? '' : 'USD '}${(10 ** -digits).toFixed(digits)}`
  }
  const text = scaled.toString().padStart(digits + 1, '0')
  const whole = group(text.slice(0, text.length - digits))
  return digits === 0 ? prefix + whole : `${prefix}${whole}.${text.slice(-digits)}`
}

/** A whole or decimal number with thousands separators; null is "–". */
export function formatNumber(value: number | bigint | null | undefined, digits = 0): string {
  if (value === null || value === undefined) return unknownText
  if (typeof value === 'bigint') return value < 0n ? `−${group((-value).toString())}` : group(value.toString())
  if (!Number.isFinite(value)) return unknownText
  const [whole = '0', fraction] = Math.abs(value).toFixed(digits).split('.')
  return `${value < 0 ? '−' : ''}${group(whole)}${fraction ? `.${fraction}` : ''}`
}

/** A number shortened to three significant digits or so: 1,204 is "1.2k", 3,400,000 is "3.4M"; null is "–". */
export function formatCompact(value: number | bigint | null | undefined): string {
  if (value === null || value === undefined) return unknownText
  const number = Number(value)
  const size = Math.abs(number)
  for (const [limit, unit] of [
    [1e9, 'bn'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (size >= limit * 0.9995) return `${trimZero((number / limit).toFixed(1))}${unit}`
  }
  return Number.isInteger(number) ? formatNumber(number) : trimZero(number.toFixed(size < 1 ? 2 : 1))
}

/** Tokens: exact up to 9,999, then shortened. Null is "–". */
export function formatTokens(tokens: number | bigint | null | undefined): string {
  if (tokens === null || tokens === undefined) return unknownText
  return Number(tokens) < 10_000 ? formatNumber(tokens) : formatCompact(tokens)
}

/** Bytes in units of 1024: "512 B", "1.5 KiB"; null is "–". */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return unknownText
  const unit = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const amount = bytes / 1024 ** unit
  return `${formatNumber(amount, unit > 0 && amount < 10 ? 1 : 0)} ${BYTE_UNITS[unit]}`
}

/** A ratio (0.004) as "0.4 %"; null is "–". */
export function formatPercent(ratio: number | null | undefined, digits = 1): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return unknownText
  return `${formatNumber(ratio * 100, digits)} %`
}

/** Milliseconds as the two largest useful units: "1.4 ms", "486 ms", "2.1 s", "3 min 06 s", "21 days"; null is "–". */
export function formatDuration(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined || !Number.isFinite(milliseconds)) return unknownText
  const size = Math.abs(milliseconds)
  if (size < 9.95) return `${trimZero(size.toFixed(1))} ms`
  if (size < 999.5) return `${Math.round(size)} ms`
  if (size < minute - 50) return `${trimZero((size / 1000).toFixed(1))} s`
  if (size < hour) {
    const seconds = Math.round(size / 1000)
    return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  }
  if (size < 2 * day) {
    const minutes = Math.round(size / minute)
    return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  }
  return `${Math.round(size / day)} days`
}

/** Time left as a clock: "1:48", "12:04", "1:02:03", and from two days on "13 days"; "0:00" once it is over. */
export function formatCountdown(milliseconds: number): string {
  if (milliseconds >= 2 * day) return `${Math.floor(milliseconds / day)} days`
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  const clock = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const parts = clock[0] === 0 ? clock.slice(1) : clock
  return parts.map((part, index) => (index === 0 ? String(part) : two(part))).join(':')
}

/** A day in UTC: "21 Nov 2026". */
export function formatDate(time: Date | string | number): string {
  return formatDay(time)
}

/** A moment in UTC: "21 Nov 2026 10:31 UTC". */
export function formatDateTime(time: Date | string | number): string {
  return `${formatDate(time)} ${formatClock(time)} UTC`
}

/** The time of day in UTC: "10:31". */
export function formatClock(time: Date | string | number): string {
  const date = new Date(time)
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
}

/** A moment relative to now: "just now", "3 min ago", "in 2 h", "21 days ago"; beyond 60 days the date. */
export function formatRelativeTime(time: Date | string | number, now: Date | number = Date.now()): string {
  const difference = new Date(time).getTime() - Number(now)
  const size = Math.abs(difference)
  if (size > 60 * day) return formatDate(time)
  if (size < 45_000) return difference > 5_000 ? 'in under a minute' : 'just now'
  const text = relativeSize(size)
  return difference > 0 ? `in ${text}` : `${text} ago`
}

/** A count with its noun: "1 call", "2 calls". */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`
}

/** A count that may be too low: "1,000+". */
export function formatAtLeast({ count, more }: { count: number; more: boolean }): string {
  return more ? `${formatNumber(count)}+` : formatNumber(count)
}

/** A label inside a sentence: "Team" as "team", "API key" as it is. */
export function inSentence(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)
}

function relativeSize(size: number): string {
  if (size < 59.5 * minute) return `${Math.max(1, Math.round(size / minute))} min`
  if (size < 23.5 * hour) return `${Math.round(size / hour)} h`
  const days = Math.round(size / day)
  return days === 1 ? '1 day' : `${days} days`
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${two(small)} ${smallUnit}`
}

function divideRounded(value: bigint, divisor: bigint): bigint {
  return (value + divisor / 2n) / divisor
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

function trimZero(text: string): string {
  return text.replace(/\.0+$/, '')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
