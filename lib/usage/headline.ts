import 'server-only'
import { formatUsd } from '#core/money.ts'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { usageWhere } from './rollup-sql.ts'

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

export interface UsageHeadline {
  /** The last seven days. */
  weekRequests: number
  weekRefused: number
  /** Decimal US dollars since the first of the month, UTC. */
  monthCostUsd: string
  /** Requests of the month that are missing from it, for want of a price. */
  monthUnpricedRequests: number
}

/** The few figures that a first page shows, within the actor's reach, in one pass. */
export function usageHeadline(ctx: Context): Promise<UsageHeadline> {
  const now = new Date()
  const week = new Date(Math.floor((now.getTime() - WEEK_MS) / HOUR_MS) * HOUR_MS)
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  const where = usageWhere(ctx, { from: week < month ? week : month, to: now }, {})
  return read(ctx, async tx => {
    const [row] = await tx.$queryRaw<{ requests: bigint; refused: bigint; cost: bigint; unpriced: bigint }[]>`
      select coalesce(sum(requests) filter (where hour >= ${week}), 0)::bigint as requests,
        coalesce(sum(refused) filter (where hour >= ${week}), 0)::bigint as refused,
        coalesce(sum(cost_nano_usd) filter (where hour >= ${month}), 0)::bigint as cost,
        coalesce(sum(unpriced_requests) filter (where hour >= ${month}), 0)::bigint as unpriced
      from usage_rollups where ${where}`
    return {
      weekRequests: Number(row?.requests ?? 0n),
      weekRefused: Number(row?.refused ?? 0n),
      monthCostUsd: formatUsd(row?.cost ?? 0n),
      monthUnpricedRequests: Number(row?.unpriced ?? 0n),
    }
  })
}
