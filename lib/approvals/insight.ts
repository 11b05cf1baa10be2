import type { z } from 'zod'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { isKind, kindOf } from './kinds.ts'
import type { ApprovalInsightDto, InsightQuery } from './schema.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** A single approval sooner than this after the step opened was hardly read. */
const UNREAD_MS = 10_000

/** How deciding goes: how long it takes, what comes of each rule, and what nobody seems to read. */
export function approvalInsight(ctx: Context, { days }: z.output<typeof InsightQuery>): Promise<ApprovalInsightDto> {
  requirePermission(ctx, 'approvals.read')
  if (scopeOf(ctx.actor, 'approvals.read') !== 'organization') {
    throw new DomainError('permission_denied', 'This needs approvals.read for the whole organization.')
  }
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const pending = await tx.approvalRequest.aggregate({
      where: { organizationId, state: 'pending' },
      _count: true,
      _min: { createdAt: true },
    })
    const rows = await tx.approvalRequest.findMany({
      where: { organizationId, decidedAt: { gte: new Date(Date.now() - days * DAY_MS) } },
      select: {
        kind: true,
        rule: true,
        state: true,
        createdAt: true,
        decidedAt: true,
        votes: { select: { vote: true, afterMs: true } },
      },
    })
    const hours = rows.map(({ createdAt, decidedAt }) => hoursBetween(createdAt, decidedAt))
    const groups = Map.groupBy(rows, ({ kind, rule }) => `${kind}\n${rule}`)
    const byRule = [...groups.values()].map(group => {
      const { kind = '', rule = '' } = group[0] ?? {}
      const count = (...states: string[]) => group.filter(({ state }) => states.includes(state)).length
      const unread = group.filter(({ state, votes }) => {
        const [only] = votes
        return state === 'approved' && votes.length === 1 && only !== undefined && only.afterMs < UNREAD_MS
      })
      return {
        kindTitle: isKind(kind) ? kindOf(kind).title : kind,
        rule,
        approved: count('approved'),
        rejected: count('rejected'),
        unanswered: count('expired', 'voided', 'withdrawn'),
        medianHours: quantile(
          group.map(({ createdAt, decidedAt }) => hoursBetween(createdAt, decidedAt)),
          0.5,
        ),
        unread: unread.length,
      }
    })
    return {
      days,
      pending: pending._count,
      oldestPendingAt: pending._min.createdAt?.toISOString() ?? null,
      decided: rows.length,
      medianHours: quantile(hours, 0.5),
      p95Hours: quantile(hours, 0.95),
      byRule: byRule.sort((a, b) => b.approved + b.rejected - (a.approved + a.rejected)),
    }
  })
}

function hoursBetween(from: Date, to: Date | null): number {
  return ((to ?? from).getTime() - from.getTime()) / HOUR_MS
}

function quantile(values: number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? null
}
