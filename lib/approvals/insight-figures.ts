import type { ApprovalInsightDto } from './dto.ts'
import { isKind, kindOf } from './kinds.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS
/** An approval sooner than this after the step opened was hardly read. */
const UNREAD_MS = 10_000
const UNANSWERED = ['expired', 'voided', 'withdrawn']

/** What of a request the figures are made of. */
export interface InsightRow {
  readonly kind: string
  readonly rule: string
  readonly state: string
  readonly createdAt: Date
  readonly decidedAt: Date | null
  readonly votes: readonly { vote: string; voterId: string; voterName: string; afterMs: bigint }[]
}

/** What came of each rule's requests, the busiest first. */
export function byRule(rows: readonly InsightRow[]): ApprovalInsightDto['byRule'] {
  const groups = [...Map.groupBy(rows, ({ kind, rule }) => `${kind}\n${rule}`).values()]
  const figures = groups.map(group => {
    const { kind = '', rule = '' } = group[0] ?? {}
    const unread = group.filter(({ state, votes: [only, ...others] }) => {
      return state === 'approved' && others.length === 0 && only !== undefined && only.afterMs < UNREAD_MS
    })
    return {
      kindTitle: isKind(kind) ? kindOf(kind).title : kind,
      rule,
      ...outcomesOf(group),
      medianHours: quantile(group.map(hoursToDecide), 0.5),
      unread: unread.length,
    }
  })
  return figures.sort((a, b) => b.approved + b.rejected - (a.approved + a.rejected))
}

/** What ended in each week of a period and how many waited at its end; a request counts in the week it ended. */
export function byWeek(rows: readonly InsightRow[], from: Date, now: Date): ApprovalInsightDto['byWeek'] {
  const weeks = []
  for (let start = mondayOf(from); start <= now.getTime(); start += WEEK_MS) {
    const end = Math.min(start + WEEK_MS, now.getTime() + 1)
    const ended = rows.filter(({ decidedAt }) => {
      return decidedAt !== null && decidedAt.getTime() >= start && decidedAt.getTime() < end
    })
    const waited = rows.filter(({ createdAt, decidedAt }) => {
      return createdAt.getTime() < end && (decidedAt === null || decidedAt.getTime() >= end)
    })
    const hours = ended.map(hoursToDecide)
    weeks.push({
      startsAt: new Date(start).toISOString(),
      ...outcomesOf(ended),
      medianHours: quantile(hours, 0.5),
      p95Hours: quantile(hours, 0.95),
      depth: waited.length,
    })
  }
  return weeks
}

/** How each person votes, those who vote most first. */
export function byDecider(rows: readonly InsightRow[]): ApprovalInsightDto['byDecider'] {
  const votes = rows.flatMap(row => row.votes)
  const figures = [...Map.groupBy(votes, ({ voterId }) => voterId).values()].map(own => {
    const approvals = own.filter(({ vote }) => vote === 'approve')
    return {
      name: own[0]?.voterName ?? '',
      approvals: approvals.length,
      rejections: own.length - approvals.length,
      medianHours: quantile(
        own.map(({ afterMs }) => Number(afterMs) / HOUR_MS),
        0.5,
      ),
      unread: approvals.filter(({ afterMs }) => afterMs < UNREAD_MS).length,
    }
  })
  return figures.sort((a, b) => b.approvals + b.rejections - (a.approvals + a.rejections))
}

/** From being asked for to its end, in hours. */
export function hoursToDecide({ createdAt, decidedAt }: InsightRow): number {
  return ((decidedAt ?? createdAt).getTime() - createdAt.getTime()) / HOUR_MS
}

/** The value that a share of all are not above; null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? null
}

function outcomesOf(rows: readonly InsightRow[]) {
  const count = (...states: string[]) => rows.filter(({ state }) => states.includes(state)).length
  return { approved: count('approved'), rejected: count('rejected'), unanswered: count(...UNANSWERED) }
}

/** The Monday before, at midnight UTC. */
function mondayOf(at: Date): number {
  const day = Math.floor(at.getTime() / DAY_MS)
  // Day 0 of Unix time was a Thursday.
  return (day - ((day + 3) % 7)) * DAY_MS
}
