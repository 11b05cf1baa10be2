import { formatMoney, formatNumber } from '#components/format.ts'
import type { Dialect } from '#core/contracts/config-documents.ts'

/** A data source as it is chosen for a key. */
export interface SourceChoice {
  id: string
  name: string
  tier: string
}

/** What a key can be told about what it is used for and with. */
export interface DataChoices {
  tiers: readonly string[]
  sources: readonly SourceChoice[]
  workloads: readonly { id: string; name: string; teamId: string; keyScope: string }[]
}

/** What of a model matters to whoever chooses it for a key. */
export interface ModelChoice {
  id: string
  identifier: string
  displayName: string
  dialects: Dialect[]
  tiers: string[]
}

/** What of a team matters to whoever issues a key for it: its bounds. */
export interface TeamChoice {
  id: string
  name: string
  maxLifetimeDays: number
  maxRequestsPerMinute: number
  /** Nano-US-dollars as text. */
  maxDailyLimitNanoUsd: string
}

export interface KeyLimits {
  modelIds: readonly string[]
  requestsPerMinute: number | null
  /** Nano-US-dollars. */
  dailyLimit: bigint | null
  ipAllowList: readonly string[]
}

/** What a key may do and what the gateway answers beyond it, a line each. */
export function keyFacts(limits: KeyLimits, models: readonly ModelChoice[]): { term: string; value: string }[] {
  const chosen = limits.modelIds.length > 0 ? models.filter(model => limits.modelIds.includes(model.id)) : models
  const tiers = [...new Set(chosen.flatMap(model => model.tiers))]
  return [
    { term: 'Models', value: modelsText(limits.modelIds, chosen) },
    { term: 'Data', value: tiers.length > 0 ? `${listed(tiers)}, depending on the model` : 'No class of data yet' },
    { term: 'Spend', value: spendText(limits.dailyLimit) },
    { term: 'Rate', value: rateText(limits.requestsPerMinute) },
    { term: 'From', value: addressText(limits.ipAllowList) },
    { term: 'Recorded', value: 'Counts, times, cost and who called. Never the text.' },
  ]
}

/** The first callable model of each wire, for code that runs as it stands: the key's own models first. */
export function modelsByWire(
  limits: Pick<KeyLimits, 'modelIds'>,
  models: readonly ModelChoice[],
): Partial<Record<Dialect, string>> {
  const callable = limits.modelIds.length > 0 ? models.filter(model => limits.modelIds.includes(model.id)) : models
  const found: Partial<Record<Dialect, string>> = {}
  // Sandbox models answer without a provider's credential, so the first call works on any installation.
  const sandboxFirst = [...callable].sort(
    (a, b) => Number(b.identifier.includes('sandbox')) - Number(a.identifier.includes('sandbox')),
  )
  for (const model of sandboxFirst) {
    for (const dialect of model.dialects) found[dialect] ??= model.identifier
  }
  return found
}

function modelsText(modelIds: readonly string[], chosen: readonly ModelChoice[]): string {
  if (modelIds.length === 0)
    return `All ${formatNumber(chosen.length)} callable models of the catalog, and those added later`
  const gone = modelIds.length - chosen.length
  const names = chosen.map(model => model.identifier)
  return `${listed(names)}${gone > 0 ? `, and ${gone} no longer callable` : ''}. Others are refused with 403.`
}

function spendText(limit: bigint | null): string {
  return limit === null ? 'No limit of its own' : `Up to ${formatMoney(limit)} a day (UTC), then refused with 402`
}

function rateText(limit: number | null): string {
  return limit === null
    ? 'No limit of its own'
    : `Up to ${formatNumber(limit)} ${limit === 1 ? 'request' : 'requests'} a minute, then refused with 429`
}

function addressText(addresses: readonly string[]): string {
  return addresses.length === 0 ? 'Any address' : `${addresses.join(', ')}. Other addresses are refused with 403.`
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
}
