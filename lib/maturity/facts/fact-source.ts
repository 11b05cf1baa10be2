import type { Observation, Observations } from '#core/maturity/facts.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Measures some facts of one domain. What it leaves out is unknown. */
export type FactSource = (tx: Transaction, ctx: Context, now: Date) => Promise<Observations>

export const DAY_MS = 86_400_000

/** The moment so many days before. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS)
}

/** A share of a whole; nobody knows the share of nothing. */
export function shareOf(part: bigint | number, whole: bigint | number): Observation {
  return { value: Number(whole) === 0 ? null : Number(part) / Number(whole) }
}

/** A number as an observation; null when it could not be counted. */
export function observed(value: bigint | number | null | undefined): Observation {
  return { value: value === null || value === undefined ? null : Number(value) }
}
