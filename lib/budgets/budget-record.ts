import { z } from 'zod'
import { BUDGET_ACTIONS, type BudgetScope, BudgetWindow } from '#core/budgets/budget.ts'
import { stopAmount, type ThresholdInput, thresholdAmount } from '#core/budgets/threshold.ts'
import { formatUsd, NanoUsd } from '#core/money.ts'
import type { InWords } from '#lib/records/keep-version.ts'
import type { Budget } from '#prisma/generated/client.ts'

/** A threshold as it is stored: the amount, and the share it came from. */
const StoredThreshold = z.strictObject({
  atNanoUsd: NanoUsd,
  percent: z.number().nullable(),
  action: z.enum(BUDGET_ACTIONS),
})
export type StoredThreshold = z.output<typeof StoredThreshold>

/** The parts of a stored budget that are JSON or texts, read by their schemas. */
export function readBudget(budget: Budget) {
  return {
    scope: budget.scope as BudgetScope,
    window: BudgetWindow.parse(budget.window),
    thresholds: z.array(StoredThreshold).parse(budget.thresholds),
  }
}

/** Thresholds of a limit as they are stored, lowest first, with the amount that stops. */
export function storeThresholds(thresholds: readonly ThresholdInput[], limit: bigint) {
  const stored = thresholds
    .map(threshold => ({
      atNanoUsd: thresholdAmount(threshold, limit),
      percent: 'percent' in threshold ? threshold.percent : null,
      action: threshold.action,
    }))
    .sort((a, b) => (a.atNanoUsd < b.atNanoUsd ? -1 : 1))
  const json = stored.map(({ atNanoUsd, ...rest }) => ({ atNanoUsd: atNanoUsd.toString(), ...rest }))
  return { thresholds: json, stopNanoUsd: stopAmount(stored) }
}

/** Stored thresholds as they were given: shares stay shares when the limit changes. */
export function givenThresholds(stored: readonly StoredThreshold[]): ThresholdInput[] {
  return stored.map(({ atNanoUsd, percent, action }) =>
    percent === null ? { amountUsd: atNanoUsd, action } : { percent, action },
  )
}

/** A budget as its history says it. */
export function inWords(budget: Budget): InWords {
  const { window, thresholds } = readBudget(budget)
  const period = window.kind === 'fixed' ? `${window.start} to ${window.end}` : `${window.kind}, ${window.timeZone}`
  return {
    name: budget.name,
    limit: `USD ${formatUsd(budget.limitNanoUsd)}`,
    period,
    thresholds: thresholds
      .map(({ atNanoUsd, percent, action }) =>
        percent === null ? `${action} at USD ${formatUsd(atNanoUsd)}` : `${action} at ${percent} %`,
      )
      .join(', '),
    state: budget.archivedAt ? 'archived' : 'in force',
  }
}
