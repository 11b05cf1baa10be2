import { z } from 'zod'
import { BUDGET_ACTIONS, BUDGET_SCOPES, BudgetWindow } from '#core/budgets/budget.ts'
import { NanoUsd } from '#core/money.ts'
import { RATE_LIMIT_MEASURES, RATE_LIMIT_SCOPES, RATE_WINDOWS } from '#core/rate-limits/rate-limit.ts'

/** What the calls of a scope may cost in a window, and what happens on the way there. */
export const BudgetDocument = z.strictObject({
  name: z.string(),
  scope: z.enum(BUDGET_SCOPES),
  /** Id of the record, or the name that callers send; null for the organization. */
  target: z.string().nullable(),
  window: BudgetWindow,
  limitNanoUsd: NanoUsd,
  /** Lowest first. */
  thresholds: z.array(z.strictObject({ atNanoUsd: NanoUsd, action: z.enum(BUDGET_ACTIONS) })),
})
export type BudgetDocument = z.infer<typeof BudgetDocument>

/** How many requests or tokens a window may hold, or how many answers may be in progress. */
export const RateLimitDocument = z.strictObject({
  name: z.string(),
  scope: z.enum(RATE_LIMIT_SCOPES),
  /** Id of the record; null: the organization, or each record of the scope by itself. */
  target: z.uuid().nullable(),
  measure: z.enum(RATE_LIMIT_MEASURES),
  /** Null for concurrency alone. */
  window: z.enum(RATE_WINDOWS).nullable(),
  limit: z.int().positive(),
})
export type RateLimitDocument = z.infer<typeof RateLimitDocument>
