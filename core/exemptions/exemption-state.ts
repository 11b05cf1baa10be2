/** What is stored of an exemption's life; time does the rest. */
export const EXEMPTION_STATUSES = ['requested', 'approved', 'declined', 'expired', 'revoked', 'broken'] as const
export type ExemptionStatus = (typeof EXEMPTION_STATUSES)[number]

/** Where an exemption stands at a moment; broken: a condition of it is, so it ended. */
export const EXEMPTION_STATES = [
  'requested',
  'scheduled',
  'in_force',
  'expired',
  'revoked',
  'broken',
  'declined',
] as const
export type ExemptionState = (typeof EXEMPTION_STATES)[number]

/** Moments are milliseconds since 1970. */
export function exemptionState(
  { status, startsAt, endsAt }: { status: ExemptionStatus; startsAt: number | null; endsAt: number },
  now: number,
): ExemptionState {
  if (status !== 'approved') return status
  if (now >= endsAt) return 'expired'
  return startsAt !== null && now < startsAt ? 'scheduled' : 'in_force'
}

/** What its calls have done so far. */
export interface ExemptionUsage {
  readonly calls: number
  /** Those of them that were taken from its call cap: what something else refused takes none. */
  readonly taken: number
  readonly spentNanoUsd: bigint
  /** Calls that its spend cap had no room for. */
  readonly refused: number
}

/**
 * The condition that an exemption has broken by its calls, in words; null: none. A spend cap lets nothing past itself,
 * so it counts as reached when a call was refused with less than a twentieth of it left.
 */
export function brokenCondition(
  { spendCapNanoUsd, requestCap }: { spendCapNanoUsd: bigint | null; requestCap: number | null },
  { taken, spentNanoUsd, refused }: ExemptionUsage,
): string | null {
  if (requestCap !== null && taken >= requestCap) return `It has let on the ${requestCap} calls that it may.`
  if (spendCapNanoUsd === null) return null
  const nearly = spentNanoUsd * 20n >= spendCapNanoUsd * 19n
  if (spentNanoUsd >= spendCapNanoUsd || (refused > 0 && nearly)) return 'Its calls have cost what they may in all.'
  return null
}
