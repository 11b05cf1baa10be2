const DAY_MS = 86_400_000

/** What decides how long content of a tier is kept. */
export interface RetentionRule {
  readonly contentLogging: string
  readonly contentRetentionDays: number
}

/** Days that content of a tier is kept: none when the tier keeps none, never longer than the request itself. */
export function retentionDays(tier: RetentionRule | null | undefined, requestRetentionDays: number): number {
  if (!tier || (tier.contentLogging !== 'full' && tier.contentLogging !== 'restricted')) return 0
  return Math.min(tier.contentRetentionDays, requestRetentionDays)
}

/** The first moment whose content is still kept: whole UTC days go, so that no day is kept in part. */
export function keptSince(days: number, now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) - days) * DAY_MS)
}

/** When the content of a request is dropped. */
export function keptUntil(occurredAt: Date, days: number): Date {
  return new Date((Math.floor(occurredAt.getTime() / DAY_MS) + days + 1) * DAY_MS)
}
