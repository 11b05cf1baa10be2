import { z } from 'zod'
import { QuorumRule, Seat, VOTING_RULES } from '#core/board/charter.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { seatsOf } from './board-access.ts'
import { meetingTime } from './board-words.ts'
import { charterInForce } from './charter-record.ts'
import type { MeetingDto } from './dto.ts'
import type { MeetingState, MinutesState } from './schema.ts'

const MINUTE_MS = 60_000

/** Who sits on the board and by which rules it decides, fixed for a meeting when it begins. */
export const Roster = z.strictObject({
  charterVersion: z.int(),
  votingRule: z.enum(VOTING_RULES),
  quorum: QuorumRule,
  seats: z.array(Seat),
})
export type Roster = z.infer<typeof Roster>

/** The rules that hold for a meeting: those it began under, else those of the charter as it is now. */
export async function rosterOf(tx: Transaction, ctx: Context, meeting: BoardMeeting): Promise<Roster> {
  if (meeting.roster) return Roster.parse(meeting.roster)
  const { version, votingRule, quorum } = await charterInForce(tx, ctx)
  return Roster.parse({ charterVersion: version, votingRule, quorum, seats: await seatsOf(tx, ctx) })
}

export function endOf({ startsAt, minutes }: Pick<BoardMeeting, 'startsAt' | 'minutes'>): Date {
  return new Date(startsAt.getTime() + minutes * MINUTE_MS)
}

export function toMeetingDto(meeting: BoardMeeting, counts: { items: number; decisions: number }): MeetingDto {
  const { id, number, title, timeZone, location, cancelReason } = meeting
  return {
    ...{ id, number, title, timeZone, location, cancelReason },
    startsAt: meeting.startsAt.toISOString(),
    endsAt: endOf(meeting).toISOString(),
    state: meeting.state as MeetingState,
    openedAt: meeting.openedAt?.toISOString() ?? null,
    closedAt: meeting.closedAt?.toISOString() ?? null,
    minutesState: meeting.minutesState as MinutesState,
    ...counts,
  }
}

/** A meeting as its list shows it. */
export async function meetingDto(tx: Transaction, meeting: BoardMeeting): Promise<MeetingDto> {
  const where = { meetingId: meeting.id }
  const items = await tx.boardItem.count({ where: { ...where, state: { not: 'withdrawn' } } })
  return toMeetingDto(meeting, { items, decisions: await tx.boardDecision.count({ where }) })
}

/** What a meeting's record says, its agenda among it. */
export async function meetingInWords(tx: Transaction, meeting: BoardMeeting): Promise<InWords> {
  const agenda = await tx.boardItem.findMany({
    where: { meetingId: meeting.id, state: { not: 'withdrawn' } },
    orderBy: { position: 'asc' },
    select: { title: true },
  })
  return {
    title: meeting.title,
    when: meetingTime(meeting.startsAt, meeting.timeZone),
    minutes: String(meeting.minutes),
    location: meeting.location || null,
    state: meeting.state,
    agenda: agenda.map(({ title }) => title).join('; ') || null,
    'state of the minutes': meeting.minutesState,
    'SHA-256 of the minutes': meeting.minutesDigest,
  }
}

/**
 * Writes a change of a meeting (its own fields, its agenda, or both) as a new version of its record, and tells open
 * pages. `write` does what changes besides `data`.
 */
export async function changeMeetingRecord(
  tx: Transaction,
  ctx: Context,
  meeting: BoardMeeting,
  change: {
    action: string
    reason?: string
    data?: Parameters<Transaction['boardMeeting']['update']>[0]['data']
    write?: () => Promise<unknown>
  },
): Promise<BoardMeeting> {
  const before = await meetingInWords(tx, meeting)
  await change.write?.()
  const data = { ...change.data, version: meeting.version + 1 }
  const after = await tx.boardMeeting.update({ where: { id: meeting.id }, data })
  await keepMeeting(tx, ctx, after, { before, action: change.action, reason: change.reason ?? '' })
  return after
}

/** Keeps a meeting as it is now as a version of its record. */
export async function keepMeeting(
  tx: Transaction,
  ctx: Context,
  meeting: BoardMeeting,
  change: { before: InWords | null; action: string; reason: string },
): Promise<void> {
  const after = await meetingInWords(tx, meeting)
  const minutes = meeting.minutesState === 'none' ? {} : { minutesText: meeting.minutesText }
  await keepVersion(tx, ctx, {
    kind: 'board_meeting',
    id: meeting.id,
    name: meeting.title,
    version: meeting.version,
    document: { ...after, ...minutes, roster: meeting.roster, cancelReason: meeting.cancelReason },
    after,
    ...change,
  })
  await announce(tx, ctx, 'board', meeting.id)
}
