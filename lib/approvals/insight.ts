import type { z } from 'zod'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ApprovalInsightDto } from './dto.ts'
import { byDecider, byRule, byWeek, hoursToDecide, quantile } from './insight-figures.ts'
import type { InsightQuery } from './schema.ts'

const DAY_MS = 86_400_000

/** How deciding goes: how long it takes, what comes of each rule, and what nobody seems to read. */
export function approvalInsight(ctx: Context, { days }: z.output<typeof InsightQuery>): Promise<ApprovalInsightDto> {
  requirePermission(ctx, 'approvals.read')
  if (scopeOf(ctx.actor, 'approvals.read') !== 'organization') {
    throw new DomainError('permission_denied', 'This needs approvals.read for the whole organization.')
  }
  const now = new Date()
  const from = new Date(now.getTime() - days * DAY_MS)
  return read(ctx, async tx => {
    const rows = await tx.approvalRequest.findMany({
      where: {
        organizationId: ctx.organizationId,
        OR: [{ state: 'pending' }, { decidedAt: { gte: from } }],
      },
      select: {
        kind: true,
        rule: true,
        state: true,
        createdAt: true,
        decidedAt: true,
        votes: { select: { vote: true, voterId: true, voterName: true, afterMs: true } },
      },
    })
    const pending = rows.filter(({ state }) => state === 'pending').map(({ createdAt }) => createdAt.getTime())
    const decided = rows.filter(({ state }) => state !== 'pending')
    const hours = decided.map(hoursToDecide)
    return {
      days,
      pending: pending.length,
      oldestPendingAt: pending.length > 0 ? new Date(Math.min(...pending)).toISOString() : null,
      decided: decided.length,
      medianHours: quantile(hours, 0.5),
      p95Hours: quantile(hours, 0.95),
      byWeek: byWeek(rows, from, now),
      byDecider: byDecider(decided),
      byRule: byRule(decided),
    }
  })
}
