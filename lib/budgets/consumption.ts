import { type Period, periodAt } from '#core/budgets/window.ts'
import { formatUsd } from '#core/money.ts'
import { joinSql, rawSql, type Sql, sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { labelsOf } from '#lib/usage/labels.ts'
import type { Budget } from '#prisma/generated/client.ts'
import { readBudget } from './budget-record.ts'
import type { BudgetDetailDto } from './schema.ts'

export interface DailyCost {
  /** In the budget's own time zone. */
  day: string
  costNanoUsd: bigint
}

/** What of a budget is spent and leased in its present period, and what its scope cost each day of the last weeks. */
export interface Consumption {
  spentNanoUsd: bigint
  leasedNanoUsd: bigint
  daily: DailyCost[]
}

const DAY_MS = 86_400_000
/** As far as the forecast looks back, or the period if it is longer. */
const HISTORY_MS = 57 * DAY_MS
const MOST_SPENDERS = 10

/** The consumption of budgets, as gateways have recorded it up to now. Budgets without a period are left out. */
export async function consumptionOf(
  tx: Transaction,
  budgets: readonly Budget[],
  now: number,
): Promise<Map<string, Consumption>> {
  const periods = budgets.flatMap(budget => {
    const { window } = readBudget(budget)
    const period = periodAt(window, now)
    return period ? [{ budget, period, timeZone: window.timeZone }] : []
  })
  const found = new Map<string, Consumption>()
  if (periods.length === 0) return found
  const asked = joinSql(
    periods.map(
      ({ budget, period, timeZone }) =>
        sql`(${budget.id}::uuid, ${new Date(period.start)}::timestamptz, ${new Date(period.end)}::timestamptz,
          ${new Date(Math.min(period.start, now - HISTORY_MS))}::timestamptz, ${timeZone}::text)`,
    ),
  )
  const spent = await tx.$queryRaw<{ id: string; spent: bigint; leased: bigint }[]>`
    select b.id::text, coalesce(p.spent_nano_usd, budget_rollup_cost(b, w.starts, w.ends)) as spent,
      coalesce((select sum(l.left_nano_usd) from budget_leases l where l.budget_id = b.id and l.starts_at = w.starts
        and l.expires_at > now()), 0)::bigint as leased
    from (values ${asked}) as w(id, starts, ends, since, zone) join budgets b on b.id = w.id
    left join budget_periods p on p.budget_id = b.id and p.starts_at = w.starts`
  for (const { id, spent: spentNanoUsd, leased } of spent) {
    found.set(id, { spentNanoUsd, leasedNanoUsd: leased, daily: [] })
  }
  const days = await tx.$queryRaw<{ id: string; day: string; cost: bigint }[]>`
    select b.id::text, to_char((r.hour at time zone w.zone)::date, 'YYYY-MM-DD') as day, sum(r.cost_nano_usd)::bigint as cost
    from (values ${asked}) as w(id, starts, ends, since, zone) join budgets b on b.id = w.id
    join usage_rollups r on r.organization_id = b.organization_id and r.hour >= w.since and ${COVERED}
    group by 1, 2 order by 1, 2`
  for (const { id, day, cost } of days) found.get(id)?.daily.push({ day, costNanoUsd: cost })
  return found
}

/** Who spends a budget in a period: teams of the organization's, keys of a person's, people of any other. */
export async function spendersOf(
  tx: Transaction,
  budget: Budget,
  period: Period | null,
): Promise<Pick<BudgetDetailDto, 'spenders' | 'spendersBy'>> {
  const by = budget.scope === 'organization' ? 'team' : budget.scope === 'person' ? 'key' : 'person'
  if (!period) return { spenders: [], spendersBy: by }
  const rows = await tx.$queryRaw<{ key: string | null; cost: bigint; requests: bigint }[]>`
    select ${rawSql(`r.${by}_id::text`)} as key, sum(r.cost_nano_usd)::bigint as cost, sum(r.requests)::bigint as requests
    from budgets b join usage_rollups r on r.organization_id = b.organization_id and ${COVERED}
    where b.id = ${budget.id}::uuid and r.hour >= ${new Date(period.start)} and r.hour < ${new Date(period.end)}
    group by 1 having sum(r.cost_nano_usd) > 0 order by 2 desc limit ${MOST_SPENDERS}`
  const label = await labelsOf(
    tx,
    by,
    rows.map(row => row.key),
  )
  const spenders = rows.map(({ key, cost, requests }) => ({
    key,
    label: label(key),
    costUsd: formatUsd(cost),
    requests: Number(requests),
  }))
  return { spenders, spendersBy: by }
}

/** Whether a budget `b` covers a row `r` of usage_rollups. */
const COVERED: Sql = sql`(b.scope = 'organization' or b.target = case b.scope
  when 'team' then r.team_id::text when 'person' then r.person_id::text when 'key' then r.key_id::text
  when 'agent' then r.agent_id::text when 'model' then r.model_id::text when 'provider' then r.provider_id::text
  when 'workload' then r.workload when 'useCase' then r.use_case end)`
