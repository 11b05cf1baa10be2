import { z } from 'zod'
import { BUDGET_ACTIONS, BUDGET_SCOPES, BudgetWindow } from '#core/budgets/budget.ts'
import { ThresholdInput } from '#core/budgets/threshold.ts'
import { UsdAmount } from '#core/money.ts'
import { APPROVAL_STATES } from '#lib/approvals/schema.ts'
import { PageQuery } from '#lib/platform/pagination.ts'

const Name = z.string().trim().min(1, 'a name, so that people know which budget it is').max(80)
const Reason = z.string().trim().max(500)
const MOST = 1_000_000_000_000_000_000n
const Limit = UsdAmount.refine(limit => limit > 0n && limit <= MOST, 'more than 0 and at most 1,000,000,000 US dollars')
const Thresholds = z
  .array(ThresholdInput)
  .max(20)
  .refine(all => all.filter(each => each.action === 'stop').length <= 1, 'at most one threshold that stops')
const Usd = z.string()

/** What a budget does unless told: people hear of it at 80 %, and it stops when it is spent. */
export const DEFAULT_THRESHOLDS: z.input<typeof Thresholds> = [
  { percent: 80, action: 'warn' },
  { percent: 100, action: 'stop' },
]

export const CreateBudgetInput = z.strictObject({
  name: Name,
  scope: z.enum(BUDGET_SCOPES),
  /** Id of the team, person, key, agent, model or provider, or the name of the workload or use case. */
  target: z.string().trim().min(1).max(128).nullable().default(null),
  window: BudgetWindow,
  limitUsd: Limit,
  thresholds: Thresholds.default(() => Thresholds.parse(DEFAULT_THRESHOLDS)),
  reason: Reason.default(''),
})
export type CreateBudgetInput = z.output<typeof CreateBudgetInput>

/** What is left out stays; a change of the limit moves the thresholds that are shares of it. */
export const UpdateBudgetInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  window: BudgetWindow.optional(),
  limitUsd: Limit.optional(),
  thresholds: Thresholds.optional(),
  reason: Reason.default(''),
})

export const ArchiveBudgetInput = z.strictObject({ id: z.uuid(), reason: Reason.default('') })

export const RequestIncreaseInput = z.strictObject({
  id: z.uuid(),
  limitUsd: Limit,
  reason: z.string().trim().min(1, 'why more is needed, for whoever decides').max(500),
})

export const ListBudgetsQuery = PageQuery.extend({
  search: z.string().max(100).optional(),
  scope: z.enum(BUDGET_SCOPES).optional(),
  teamId: z.uuid().optional(),
  /** `active` unless told. */
  state: z.enum(['active', 'archived', 'all']).default('active'),
})

export const ThresholdDto = z.strictObject({
  atUsd: Usd,
  /** Null: it was given as an amount. */
  percent: z.number().nullable(),
  action: z.enum(BUDGET_ACTIONS),
})

export const BudgetDto = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scope: z.enum(BUDGET_SCOPES),
  target: z.string().nullable(),
  targetName: z.string().nullable(),
  teamId: z.uuid().nullable(),
  window: BudgetWindow,
  limitUsd: Usd,
  thresholds: z.array(ThresholdDto),
  /** The amount from which calls are refused; null: none. */
  stopUsd: Usd.nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
  /** The period in force; null: a fixed one that has not begun or is over. */
  period: z.strictObject({ start: z.iso.datetime(), end: z.iso.datetime() }).nullable(),
  spentUsd: Usd,
  /** What gateways hold for requests to come. */
  leasedUsd: Usd,
  remainingUsd: Usd,
  /** The strictest threshold reached; null: none. */
  action: z.enum(BUDGET_ACTIONS).nullable(),
  /** Expected total at the end of the period; null: unknown. */
  forecastUsd: Usd.nullable(),
  /** When it is expected to stop; null: not in this period, or unknown. */
  exhaustedAt: z.iso.datetime().nullable(),
  asOf: z.iso.datetime(),
})
export type BudgetDto = z.infer<typeof BudgetDto>

export const BudgetDetailDto = BudgetDto.extend({
  /** What each day of the period cost so far. */
  daily: z.array(z.strictObject({ day: z.iso.date(), costUsd: Usd })),
  /** Expected totals at the end of each day to come. */
  forecast: z.array(z.strictObject({ day: z.iso.date(), valueUsd: Usd, lowUsd: Usd, highUsd: Usd })),
  /** Who spends it, dearest first. */
  spenders: z.array(z.strictObject({ key: z.string().nullable(), label: z.string(), costUsd: Usd, requests: z.int() })),
  spendersBy: z.enum(['team', 'person', 'key']),
})
export type BudgetDetailDto = z.infer<typeof BudgetDetailDto>

export const IncreaseRequestDto = z.strictObject({
  id: z.uuid(),
  budgetId: z.uuid(),
  requesterId: z.uuid().nullable(),
  requesterName: z.string(),
  limitBeforeUsd: Usd,
  limitUsd: Usd,
  reason: z.string(),
  state: z.enum(APPROVAL_STATES),
  deciderName: z.string().nullable(),
  outcome: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
})
export type IncreaseRequestDto = z.infer<typeof IncreaseRequestDto>
