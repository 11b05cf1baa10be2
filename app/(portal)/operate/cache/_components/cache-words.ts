import { formatDuration, formatMoney, formatPercent } from '#components/format.ts'
import type { CacheScope, CacheSharing } from '#core/cache/cache-policy.ts'
import { parseUsd } from '#core/usd.ts'
import type { CacheFigures, CachePolicyDto } from '#lib/cache/schema.ts'

export const SCOPE_LABELS: Record<CacheScope, string> = {
  organization: 'Whole organization',
  team: 'Team',
  model: 'Model',
  workload: 'Workload',
}

export const SHARING_LABELS: Record<CacheSharing, string> = {
  organization: 'Keys of the whole organization',
  team: 'Keys of the same team',
  key: 'The key itself only',
}

export const TTL_CHOICES = [
  { value: '300', label: '5 minutes' },
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
  { value: '2592000', label: '30 days' },
] as const

/** A span of seconds as people say it: "1 day", "90 s". */
export function ttlText(seconds: number): string {
  return TTL_CHOICES.find(({ value }) => value === String(seconds))?.label ?? formatDuration(seconds * 1000)
}

/** Bytes in powers of 1024: "840 B", "12.4 KiB", "3 MiB". */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  let [value, unit] = [bytes, 0]
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1]
  return `${value.toFixed(value < 10 && unit > 0 ? 1 : 0).replace(/\.0$/, '')} ${units[unit]}`
}

export function moneyText(usd: string): string {
  return formatMoney(parseUsd(usd))
}

/** Whom a policy covers, as a heading says it. */
export function coversText({ scope, targetName }: Pick<CachePolicyDto, 'scope' | 'targetName'>): string {
  return scope === 'organization' ? SCOPE_LABELS.organization : `${SCOPE_LABELS[scope]} ${targetName}`
}

/** What came of some requests, in a sentence without its full stop. */
export function savingsText({ hits, hitRate, savedUsd }: CacheFigures, days: number): string {
  if (hitRate === null) return `No request asked the cache in ${days} days`
  if (hits === 0) return `The cache had no answer to any request in ${days} days`
  return `The cache answered ${formatPercent(hitRate, 0)} of what it was asked and saved ${moneyText(savedUsd)} in ${days} days`
}
