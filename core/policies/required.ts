const DAY_MS = 86_400_000

/** Which keys need a policy's acknowledgement. */
export interface RequirementFacts {
  readonly scope: 'off' | 'everyone' | 'teams'
  readonly graceDays: number
  readonly since: string | null
}

/** Whether any key needs it. */
export function isRequired({ scope }: Pick<RequirementFacts, 'scope'>): boolean {
  return scope !== 'off'
}

/**
 * From when keys are refused without it: the days of grace count from when people were asked for this wording, or from
 * when the requirement was switched on, whichever is later.
 */
export function requiredFrom({ graceDays, since }: RequirementFacts, askedAt: Date): Date {
  return new Date(Math.max(askedAt.getTime(), since ? Date.parse(since) : 0) + graceDays * DAY_MS)
}

/** Whether an acknowledged version counts for the one in force. */
export function isCurrent(acknowledged: number | undefined, asksFrom: number): boolean {
  return acknowledged !== undefined && acknowledged >= asksFrom
}
