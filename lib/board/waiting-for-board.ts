import { isBeforeBoard } from '#core/approvals/approval-policy.ts'
import { formatDay } from '#core/day-words.ts'
import { stepOf } from '#lib/approvals/deciders.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ItemKind } from './schema.ts'

/** Something that the board should take up. */
export interface Waiting {
  readonly kind: ItemKind
  readonly subjectId: string
  readonly title: string
  readonly background: string
  readonly motion: string
  readonly options: string[]
}

const MOST = 200
const DAY_MS = 86_400_000

/** What waits for the board at a time: requests, minutes to approve, reviews of decisions, and open action items. */
export async function waitingForBoard(tx: Transaction, ctx: Context, at: Date): Promise<Waiting[]> {
  return [
    ...(await minutesToApprove(tx, ctx)),
    ...(await openActionItems(tx, ctx, at)),
    ...(await requestsBeforeBoard(tx, ctx)),
    ...(await reviewsDue(tx, ctx, at)),
  ]
}

/** Pending requests whose step names the board, by what expires first. */
async function requestsBeforeBoard(tx: Transaction, ctx: Context): Promise<Waiting[]> {
  const pending = await tx.approvalRequest.findMany({
    where: { organizationId: ctx.organizationId, state: 'pending', expiresAt: { gt: new Date() } },
    orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  return pending
    .filter(request => isBeforeBoard(stepOf(request), request.escalatedAt !== null))
    .map(request => ({
      kind: 'request' as const,
      subjectId: request.id,
      title: request.title,
      background: `${request.requesterName} asks: ${request.reason}`,
      motion: `Shall the board approve “${request.title}”?`.slice(0, 500),
      options: ['Approve', 'Approve on conditions', 'Reject'],
    }))
}

async function minutesToApprove(tx: Transaction, ctx: Context): Promise<Waiting[]> {
  const meetings = await tx.boardMeeting.findMany({
    where: { organizationId: ctx.organizationId, state: 'held', minutesState: 'circulated' },
    orderBy: { startsAt: 'asc' },
    take: MOST,
  })
  return meetings.map(({ id, title }) => ({
    kind: 'minutes' as const,
    subjectId: id,
    title: `Minutes of ${title}`,
    background: 'Circulated, and not approved by most of the members yet.',
    motion: `Shall the board approve the minutes of ${title} as circulated?`,
    options: [],
  }))
}

async function reviewsDue(tx: Transaction, ctx: Context, at: Date): Promise<Waiting[]> {
  const decisions = await tx.boardDecision.findMany({
    where: {
      organizationId: ctx.organizationId,
      outcome: 'carried',
      supersededById: null,
      reviewBy: { lte: new Date(at.getTime() + DAY_MS) },
    },
    orderBy: { reviewBy: 'asc' },
    take: MOST,
  })
  const reviewed = await tx.boardItem.findMany({
    where: { kind: 'review', state: 'decided', subjectId: { in: decisions.map(({ id }) => id) } },
    select: { subjectId: true },
  })
  const done = new Set(reviewed.map(({ subjectId }) => subjectId))
  const due = decisions.filter(({ id }) => !done.has(id))
  return due.map(({ id, number, title, rationale }) => ({
    kind: 'review' as const,
    subjectId: id,
    title: `Review of ${number}: ${title}`.slice(0, 160),
    background: `Decided then because: ${rationale}`,
    motion: `Shall ${number} stay in force?`,
    options: ['Keep', 'Replace'],
  }))
}

/** Those that are overdue or due by the meeting. */
async function openActionItems(tx: Transaction, ctx: Context, at: Date): Promise<Waiting[]> {
  const items = await tx.boardActionItem.findMany({
    where: { organizationId: ctx.organizationId, state: 'open', dueAt: { lte: at } },
    orderBy: { dueAt: 'asc' },
    take: MOST,
  })
  return items.map(({ id, text, ownerName, dueAt }) => ({
    kind: 'action' as const,
    subjectId: id,
    title: text.slice(0, 160),
    background: `${ownerName} has it, due ${formatDay(dueAt)}.`,
    motion: 'Is this done, and if not, what follows?',
    options: [],
  }))
}
