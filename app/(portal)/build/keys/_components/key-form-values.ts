import { parseUsd } from '#core/usd.ts'
import type { KeyDto } from '#lib/keys/schema.ts'
import type { TeamChoice } from './key-facts.ts'

/** What stands in the form, as typed. */
export interface KeyFormValues {
  name: string
  teamId: string
  environment: KeyDto['environment']
  expiresInDays: number
  modelIds: string[]
  /** The least classification of its requests; empty: the lowest. */
  tier: string
  dataSourceIds: string[]
  /** The workload that all of its calls belong to; empty: what each says. */
  workloadId: string
  dailyLimitUsd: string
  requestsPerMinute: string
  addresses: string
}

const LIFETIMES = [7, 30, 90, 180, 365, 730]

/** The lifetimes that a team allows, its longest among them. */
export function lifetimesOf(team: Pick<TeamChoice, 'maxLifetimeDays'> | undefined): number[] {
  if (!team) return LIFETIMES
  const within = LIFETIMES.filter(days => days < team.maxLifetimeDays)
  return [...within, team.maxLifetimeDays]
}

/** The lifetime to keep when the team changes: the same, or the longest that the new team allows. */
export function fitLifetime(days: number, team: TeamChoice | undefined): number {
  const lifetimes = lifetimesOf(team)
  return lifetimes.includes(days) ? days : (lifetimes.findLast(each => each <= days) ?? lifetimes[0] ?? days)
}

/** The form as the verb takes it. A number that is none is sent as it was typed, for the verb to name the rule. */
export function toIssueInput(values: KeyFormValues): Record<string, unknown> {
  const limit = values.dailyLimitUsd.trim().replaceAll(',', '')
  const rate = values.requestsPerMinute.trim().replaceAll(',', '')
  return {
    name: values.name,
    teamId: values.teamId,
    environment: values.environment,
    expiresInDays: values.expiresInDays,
    modelIds: values.modelIds,
    tier: values.tier === '' ? null : values.tier,
    dataSourceIds: values.dataSourceIds,
    workloadId: values.workloadId === '' ? null : values.workloadId,
    dailyLimitUsd: limit === '' ? null : limit,
    requestsPerMinute: rate === '' ? null : numberOr(rate),
    ipAllowList: addressesOf(values.addresses),
  }
}

/** The limits of the form for a preview; null for what is empty or no number yet. */
export function limitsOf(values: KeyFormValues) {
  const rate = numberOr(values.requestsPerMinute.trim().replaceAll(',', ''))
  return {
    modelIds: values.modelIds,
    requestsPerMinute: typeof rate === 'number' && rate > 0 ? rate : null,
    dailyLimit: parseUsd(values.dailyLimitUsd.replaceAll(',', '')),
    ipAllowList: addressesOf(values.addresses),
  }
}

function addressesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

function numberOr(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text
}
