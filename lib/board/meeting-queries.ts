import 'server-only'
import { minutesDigest } from '#core/board/minutes.ts'
import { quorumOf } from '#core/board/quorum.ts'
import { isId } from '#core/ids.ts'
import { hindranceOfBoard } from '#lib/approvals/decide-as-board.ts'
import { kindOf } from '#lib/approvals/kinds.ts'
import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type {
  ApprovalRequest,
  BoardDecision,
  BoardItem,
  BoardMeeting,
  BoardStay,
  BoardVote,
} from '#prisma/generated/client.ts'
import { toActionItemDto } from './action-item-record.ts'
import { approvalsNeeded } from './approve-minutes.ts'
import { findMeeting, mayManage, seatOf } from './board-access.ts'
import type { AttendeeDto, ItemDto, MeetingDetailDto, MinutesDto } from './dto.ts'
import { type Roster, rosterOf, toMeetingDto } from './meeting-record.ts'
import { requireWholeBoard } from './queries.ts'
import type { BoardOutcome, ItemKind, ItemState, MinutesState } from './schema.ts'
import { standingBy } from './standing-of-item.ts'

type ItemRow = BoardItem & { votes: BoardVote[]; decision: BoardDecision | null }

/** A meeting, whole: who is there, the agenda with how each item stands, minutes, history. */
export function getMeeting(ctx: Context, id: string): Promise<MeetingDetailDto> {
  requireWholeBoard(ctx)
  if (!isId(id)) throw notFound('board meeting')
  return read(ctx, async tx => {
    const meeting = await findMeeting(tx, ctx, id)
    const roster = await rosterOf(tx, ctx, meeting)
    const stays = await tx.boardStay.findMany({ where: { meetingId: id }, orderBy: { arrivedAt: 'asc' } })
    const items = await tx.boardItem.findMany({
      where: { meetingId: id, state: { not: 'withdrawn' } },
      include: { votes: { orderBy: { createdAt: 'asc' } }, decision: true },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    })
    const requests = await requestsOn(tx, ctx, items)
    const presentIds = new Set(stays.filter(({ leftAt }) => leftAt === null).map(({ personId }) => personId))
    const agenda = items.map(item => toItemDto(item, roster, presentIds, requests))
    const tasks = await tx.boardActionItem.findMany({
      where: { meetingId: id },
      include: { decision: { select: { number: true } } },
      orderBy: { dueAt: 'asc' },
    })
    const attended = roster.seats.filter(seat => seat.votes && stays.some(({ personId }) => personId === seat.personId))
    const decisions = agenda.filter(({ decision }) => decision !== null).length
    return {
      ...toMeetingDto(meeting, { items: agenda.length, decisions }),
      charterVersion: roster.charterVersion,
      votingRule: roster.votingRule,
      attendees: roster.seats.map(seat => toAttendee(seat, stays)),
      quorum: quorumOf(roster.quorum, roster.seats, presentIds),
      agenda,
      actionItems: tasks.map(task => toActionItemDto(task)),
      minutes: await minutesOf(tx, meeting, attended.length),
      history: await versionsOf(tx, ctx, { kind: 'board_meeting', id }),
      may: {
        manage: await mayManage(tx, ctx),
        vote: meeting.roster
          ? roster.seats.some(seat => seat.votes && seat.personId === ctx.actor.id)
          : ((await seatOf(tx, ctx))?.votes ?? false),
      },
    }
  })
}

function toAttendee(seat: Roster['seats'][number], stays: readonly BoardStay[]): AttendeeDto {
  const mine = stays.filter(({ personId }) => personId === seat.personId)
  return {
    ...seat,
    present: mine.some(({ leftAt }) => leftAt === null),
    stays: mine.map(({ arrivedAt, leftAt }) => {
      return { arrivedAt: arrivedAt.toISOString(), leftAt: leftAt?.toISOString() ?? null }
    }),
  }
}

async function requestsOn(
  tx: Transaction,
  { organizationId }: Context,
  items: readonly BoardItem[],
): Promise<ReadonlyMap<string, ApprovalRequest>> {
  const ids = items.flatMap(({ kind, subjectId }) => (kind === 'request' && subjectId ? [subjectId] : []))
  const rows = await tx.approvalRequest.findMany({ where: { organizationId, id: { in: ids } } })
  return new Map(rows.map(row => [row.id, row]))
}

function toItemDto(
  item: ItemRow,
  roster: Roster,
  presentIds: ReadonlySet<string>,
  requests: ReadonlyMap<string, ApprovalRequest>,
): ItemDto {
  const { id, position, title, background, motion, options, subjectId, notes, outcome, decision } = item
  const { votes, tally, quorum } = standingBy(roster, item.votes, presentIds)
  const request = subjectId === null ? undefined : requests.get(subjectId)
  return {
    ...{ id, position, title, background, motion, options, subjectId, notes, outcome, votes, tally },
    quorum: { ...quorum },
    kind: item.kind as ItemKind,
    state: item.state as ItemState,
    subjectHref: hrefOf(item),
    openedAt: item.openedAt?.toISOString() ?? null,
    request: request ? toRequest(request, item) : null,
    decision: decision && { id: decision.id, number: decision.number, outcome: decision.outcome as BoardOutcome },
  }
}

function toRequest(request: ApprovalRequest, { state }: BoardItem): ItemDto['request'] {
  const { requesterName, reason, rule, digest } = request
  const kind = kindOf(request.kind)
  const undecided = ['open', 'current', 'voting'].includes(state)
  return {
    ...{ requesterName, reason, rule, digest },
    kindTitle: kind.title,
    lines: kind.describe(request.snapshot),
    expiresAt: request.expiresAt.toISOString(),
    hindrance: undecided ? hindranceOfBoard(request) : null,
  }
}

function hrefOf({ kind, subjectId }: BoardItem): string | null {
  if (subjectId === null) return null
  if (kind === 'request') return `/approvals/${subjectId}`
  if (kind === 'review') return `/govern/board/decisions/${subjectId}`
  if (kind === 'minutes') return `/govern/board/meetings/${subjectId}?tab=minutes`
  return `/govern/board/action-items?open=${subjectId}`
}

async function minutesOf(tx: Transaction, meeting: BoardMeeting, attended: number): Promise<MinutesDto> {
  const digest = minutesDigest(meeting.minutesText)
  const where = { meetingId: meeting.id }
  const approvals = await tx.boardMinutesApproval.findMany({ where: { ...where, digest }, orderBy: { id: 'asc' } })
  const comments = await tx.boardMinutesComment.findMany({ where, orderBy: { id: 'asc' } })
  return {
    state: meeting.minutesState as MinutesState,
    text: meeting.minutesText,
    digest,
    circulatedAt: meeting.circulatedAt?.toISOString() ?? null,
    approvedAt: meeting.approvedAt?.toISOString() ?? null,
    approvedBy: meeting.approvedBy,
    approvals: approvals.map(({ personId, personName, createdAt }) => {
      return { personId, name: personName, at: createdAt.toISOString() }
    }),
    approvalsNeeded: approvalsNeeded(attended),
    comments: comments.map(({ id, authorName, text, createdAt }) => {
      return { id, authorName, text, at: createdAt.toISOString() }
    }),
  }
}
