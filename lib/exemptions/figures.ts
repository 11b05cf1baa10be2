import 'server-only'
import type { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { sql } from '#lib/platform/sql.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { exemptionReach } from './find-exemption.ts'
import { whereView } from './queries.ts'
import { EXEMPTION_VIEWS, type ExemptionFiguresDto, type ExemptionFiguresQuery, type ExemptionView } from './schema.ts'

const DAY_MS = 86_400_000

/** The register in figures: how many stand where, how it went month by month, and compliance with and without them. */
export function exemptionFigures(
  ctx: Context,
  { days }: z.output<typeof ExemptionFiguresQuery>,
): Promise<ExemptionFiguresDto> {
  requirePermission(ctx, 'exemptions.read')
  const reach = exemptionReach(ctx)
  return read(ctx, async tx => {
    const now = Date.now()
    const counted: [ExemptionView, number][] = []
    for (const view of EXEMPTION_VIEWS) {
      counted.push([view, await tx.exemption.count({ where: { AND: [reach, whereView(view, now)] } })])
    }
    const counts = Object.fromEntries(counted) as ExemptionFiguresDto['counts']
    const rows = await tx.exemption.findMany({
      where: { AND: [reach, { approvedAt: { not: null } }] },
      select: { approvedAt: true, startsAt: true, endsAt: true, endedAt: true },
    })
    const from = new Date(now - days * DAY_MS)
    return {
      counts,
      trend: trendOf(rows, now),
      compliance: { days, ...(await complianceOf(tx, ctx, from, new Date(now))) },
    }
  })
}

type Life = { approvedAt: Date | null; startsAt: Date | null; endsAt: Date; endedAt: Date | null }

function trendOf(rows: readonly Life[], now: number): ExemptionFiguresDto['trend'] {
  const today = new Date(now)
  return Array.from({ length: 12 }, (_, index) => {
    const start = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 11 + index)
    const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 10 + index)
    const within = (at: Date | null) => at !== null && at.getTime() >= start && at.getTime() < end
    const asOf = Math.min(end, now)
    const endOf = ({ endedAt, endsAt }: Life) => endedAt ?? endsAt
    return {
      month: new Date(start).toISOString().slice(0, 7),
      granted: rows.filter(row => within(row.approvedAt)).length,
      ended: rows.filter(row => within(endOf(row)) && endOf(row).getTime() <= now).length,
      open: rows.filter(row => row.approvedAt && row.approvedAt.getTime() < asOf && endOf(row).getTime() > asOf).length,
    }
  })
}

/**
 * How many calls of a period kept to the rules, exempted ones counted both ways. Requests and refusals come from
 * rollups, exempted calls from evidence. Called by queries that have checked who may see the organization's figures.
 */
export async function complianceOf(
  tx: Transaction,
  { organizationId }: Context,
  from: Date,
  to: Date,
): Promise<Omit<ExemptionFiguresDto['compliance'], 'days'>> {
  const [row] = await tx.$queryRaw<{ requests: bigint; refused: bigint; exempted: bigint }[]>(sql`
    select coalesce(sum(requests), 0)::bigint as requests, coalesce(sum(refused), 0)::bigint as refused,
      (select count(distinct request_id) from exemption_uses u
        where u.organization_id = ${organizationId}::uuid and not u.refused
          and u.occurred_at >= date_trunc('hour', ${from}::timestamptz, 'UTC') and u.occurred_at < ${to}) as exempted
    from usage_rollups
    where organization_id = ${organizationId}::uuid
      and hour >= date_trunc('hour', ${from}::timestamptz, 'UTC') and hour < ${to}`)
  const [requests, refused, exempted] = [row?.requests, row?.refused, row?.exempted].map(Number) as [
    number,
    number,
    number,
  ]
  const share = (kept: number) => (requests > 0 ? Math.max(0, kept) / requests : null)
  return {
    ...{ requests, refused, exempted },
    withExemptions: share(requests - refused),
    withoutExemptions: share(requests - refused - exempted),
  }
}
