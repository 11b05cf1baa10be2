import type { ExemptionUsage } from '#core/exemptions/exemption-state.ts'
import { sql } from '#lib/platform/sql.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

export interface RecordedUsage extends ExemptionUsage {
  readonly lastUsedAt: Date | null
}

/** What the calls of exemptions have done, as gateways have recorded it; those without calls are left out. */
export async function usageOf(tx: Transaction, ids: readonly string[]): Promise<Map<string, RecordedUsage>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<
    { id: string; calls: bigint; taken: bigint; spent: bigint; refused: bigint; last: Date | null }[]
  >(sql`
    select exemption_id as id, count(*) filter (where not refused) as calls, count(*) filter (where refused) as refused,
      coalesce((select sum(p.spent_nano_usd) from budgets b join budget_periods p on p.budget_id = b.id
        where b.exemption_id = exemption_uses.exemption_id and b.unit = 'calls'), 0)::bigint as taken,
      coalesce(sum(cost_nano_usd), 0)::bigint as spent, max(occurred_at) filter (where not refused) as last
    from exemption_uses where exemption_id = any(${[...ids]}::uuid[]) group by 1`)
  return new Map(
    rows.map(({ id, calls, taken, spent, refused, last }) => [
      id,
      { calls: Number(calls), taken: Number(taken), spentNanoUsd: spent, refused: Number(refused), lastUsedAt: last },
    ]),
  )
}

/** Calls and cost of one exemption each day of the last month, UTC; days without calls are left out. */
export function dailyUsage(tx: Transaction, id: string): Promise<{ day: string; calls: bigint; cost: bigint }[]> {
  return tx.$queryRaw(sql`
    select to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*) as calls,
      coalesce(sum(cost_nano_usd), 0)::bigint as cost
    from exemption_uses
    where exemption_id = ${id}::uuid and not refused and occurred_at >= now() - interval '30 days'
    group by 1 order by 1`)
}
