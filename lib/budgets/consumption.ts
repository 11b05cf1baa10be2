import type { BudgetScope } from '#core/budgets/budget.ts'
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

/** Budgets whose cost one scan of the rollups gives: same scope, same period. */
interface Group {
  scope: BudgetScope
  timeZone: string
  period: Period
  budgets: Budget[]
}

interface DayRow {
  n: number
  target: string | null
  day: string
  cost: bigint
  spent: bigint
}

/** The consumption of budgets, as gateways have recorded it up to now. Budgets without a period are left out. */
export async function consumptionOf(
  tx: Transaction,
  budgets: readonly Budget[],
  now: number,
): Promise<Map<string, Consumption>> {
  const groups = groupsOf(budgets, now)
  const found = new Map<string, Consumption>()
  if (groups.length === 0) return found
  const costs = await tx.$queryRaw<DayRow[]>`${joinSql(
    groups.map((group, n) => costSql(group, n, now)),
    ' union all ',
  )}`
  const asked = groups.flatMap(({ budgets, period }) =>
    budgets.map(({ id }) => sql`(${id}::uuid, ${new Date(period.start)}::timestamptz)`),
  )
  const ledgers = await tx.$queryRaw<{ id: string; spent: bigint | null; leased: bigint }[]>`
    select w.id::text, p.spent_nano_usd as spent,
      coalesce((select sum(l.left_nano_usd) from budget_leases l where l.budget_id = w.id and l.starts_at = w.starts
        and l.expires_at > now()), 0)::bigint as leased
    from (values ${joinSql(asked)}) as w(id, starts)
    left join budget_periods p on p.budget_id = w.id and p.starts_at = w.starts`
  const known = new Map(ledgers.map(ledger => [ledger.id, ledger]))
  const rows = rowsByTarget(costs)
  for (const [n, group] of groups.entries()) {
    for (const { id, target } of group.budgets) {
      const mine = rows.get(`${n} ${target ?? ''}`) ?? []
      const ledger = known.get(id)
      found.set(id, {
        // A period that no gateway has asked about yet has no ledger: what the rollups hold of it is all there is.
        spentNanoUsd: ledger?.spent ?? mine.reduce((sum, { spent }) => sum + spent, 0n),
        leasedNanoUsd: ledger?.leased ?? 0n,
        daily: mine.map(({ day, cost }) => ({ day, costNanoUsd: cost })),
      })
    }
  }
  return found
}

function groupsOf(budgets: readonly Budget[], now: number): Group[] {
  const groups = new Map<string, Group>()
  for (const budget of budgets) {
    const { scope, window } = readBudget(budget)
    const { timeZone } = window
    const period = periodAt(window, now)
    if (!period) continue
    const key = [budget.organizationId, scope, timeZone, period.start, period.end].join(' ')
    const group = groups.get(key)
    if (group) group.budgets.push(budget)
    else groups.set(key, { scope, timeZone, period, budgets: [budget] })
  }
  return [...groups.values()]
}

/**
 * What a group's targets cost each day, and how much of that lies in the period. Added up by the hour first: finding
 * an hour's day in a time zone costs more than the sum.
 */
function costSql({ scope, timeZone, period, budgets }: Group, n: number, now: number): Sql {
  const since = new Date(Math.min(period.start, now - HISTORY_MS))
  const targets = budgets.flatMap(({ target }) => target ?? [])
  const { column, type } = scope === 'organization' ? { column: 'null', type: 'text' } : TARGETS[scope]
  const covered = scope === 'organization' ? sql`true` : sql`${rawSql(column)} = any(${targets}::${rawSql(type)}[])`
  return sql`
    (select ${n}::int as n, d.target::text, to_char(d.day, 'YYYY-MM-DD') as day, d.cost::bigint, d.spent::bigint from (
      select h.target, (h.hour at time zone ${timeZone}::text)::date as day, sum(h.cost) as cost,
        coalesce(sum(h.cost) filter (
          where h.hour >= ${new Date(period.start)} and h.hour < ${new Date(period.end)}), 0) as spent
      from (
        select ${rawSql(column)} as target, r.hour, sum(r.cost_nano_usd) as cost from usage_rollups r
        where r.organization_id = ${budgets[0]?.organizationId}::uuid and r.hour >= ${since} and ${covered}
        group by 1, 2) h
      group by 1, 2) d order by d.day)`
}

function rowsByTarget(rows: readonly DayRow[]): Map<string, DayRow[]> {
  const found = new Map<string, DayRow[]>()
  for (const row of rows) {
    const key = `${row.n} ${row.target ?? ''}`
    const mine = found.get(key)
    if (mine) mine.push(row)
    else found.set(key, [row])
  }
  return found
}

/** The column of usage_rollups that holds a scope's target. */
const TARGETS = {
  team: { column: 'r.team_id', type: 'uuid' },
  person: { column: 'r.person_id', type: 'uuid' },
  key: { column: 'r.key_id', type: 'uuid' },
  agent: { column: 'r.agent_id', type: 'uuid' },
  model: { column: 'r.model_id', type: 'uuid' },
  provider: { column: 'r.provider_id', type: 'uuid' },
  workload: { column: 'r.workload', type: 'text' },
  useCase: { column: 'r.use_case', type: 'text' },
} as const satisfies Record<Exclude<BudgetScope, 'organization'>, { column: string; type: 'uuid' | 'text' }>

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
