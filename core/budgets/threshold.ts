import { z } from 'zod'
import { UsdAmount } from '#core/money.ts'
import { BUDGET_ACTIONS, type BudgetAction } from './budget.ts'

/** As people write it: a share of the limit, or an amount. */
export const ThresholdInput = z.union([
  z.strictObject({ percent: z.number().gt(0).max(100), action: z.enum(BUDGET_ACTIONS) }),
  z.strictObject({ amountUsd: UsdAmount, action: z.enum(BUDGET_ACTIONS) }),
])
export type ThresholdInput = z.output<typeof ThresholdInput>

/** A threshold as an amount of nano-US-dollars. */
export interface Threshold {
  readonly atNanoUsd: bigint
  readonly action: BudgetAction
}

/** The amount at which a threshold of a limit is reached; a share of a nano-dollar is left out. */
export function thresholdAmount(threshold: ThresholdInput, limit: bigint): bigint {
  if ('amountUsd' in threshold) return threshold.amountUsd
  return (limit * BigInt(Math.round(threshold.percent * 1_000))) / 100_000n
}

/** The lowest amount that stops, which is what can never be overspent; null: nothing stops. */
export function stopAmount(thresholds: readonly Threshold[]): bigint | null {
  let lowest: bigint | null = null
  for (const { action, atNanoUsd } of thresholds) {
    if (action === 'stop' && (lowest === null || atNanoUsd < lowest)) lowest = atNanoUsd
  }
  return lowest
}

/** The strictest action among the thresholds that an amount spent has reached; null: none. */
export function actionAt(thresholds: readonly Threshold[], spent: bigint): BudgetAction | null {
  let strictest = -1
  for (const { action, atNanoUsd } of thresholds) {
    if (spent >= atNanoUsd) strictest = Math.max(strictest, BUDGET_ACTIONS.indexOf(action))
  }
  return BUDGET_ACTIONS[strictest] ?? null
}

/**
 * Milliseconds between requests when a budget paces them: what is left is spread over the rest of the period, at
 * most a minute.
 */
export function paceMs(costNanoUsd: bigint, leftNanoUsd: bigint, leftMs: number): number {
  const longest = 60_000
  if (leftNanoUsd <= 0n) return longest
  return Math.min(longest, Math.ceil((Number(costNanoUsd) / Number(leftNanoUsd)) * leftMs))
}
