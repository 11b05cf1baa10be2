import { canonicalMinutes } from '#core/board/minutes.ts'
import { newId } from '#core/ids.ts'
import { notify } from '#lib/notices/notify.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { findMeeting, lockMeeting, requireManager } from './board-access.ts'
import type { MeetingDto } from './dto.ts'
import { changeMeetingRecord, meetingDto, rosterOf } from './meeting-record.ts'
import { CommentOnMinutesInput, EditMinutesInput, MeetingInput } from './schema.ts'

/** Changes the text of minutes. Those that were circulated are a draft again: what members approved is not what they say now. */
export async function editMinutes({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const { id, text, reason } = parseInput(EditMinutesInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockMinutes(tx, ctx, id)
    const minutesText = canonicalMinutes(text)
    if (minutesText === meeting.minutesText) return meetingDto(tx, meeting)
    const data = { minutesText, minutesState: 'draft' }
    return meetingDto(
      tx,
      await changeMeetingRecord(tx, ctx, meeting, { action: 'board_minutes.changed', reason, data }),
    )
  })
}

/** Sends drafted minutes to everybody who sat on the board at the meeting, to be read, commented on and approved. */
export async function circulateMinutes({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const { id } = parseInput(MeetingInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockMinutes(tx, ctx, id)
    if (meeting.minutesState !== 'draft') throw conflict('These minutes are circulated already.')
    const data = { minutesState: 'circulated', circulatedAt: new Date() }
    const changed = await changeMeetingRecord(tx, ctx, meeting, { action: 'board_minutes.circulated', data })
    await tellReaders(tx, ctx, changed, {
      occasion: `circulated:${changed.version}`,
      title: `Minutes of ${meeting.title} are circulated`,
      detail: 'Read them, say what is wrong, or approve them.',
    })
    return meetingDto(tx, changed)
  })
}

/** Says something about minutes that are drafted or circulated; the others who sat there read it. */
export async function commentOnMinutes({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'board.vote')
  const { id: meetingId, text } = parseInput(CommentOnMinutesInput, input)
  const { actor, organizationId } = ctx
  return transact(ctx, async tx => {
    const meeting = await findMeeting(tx, ctx, meetingId)
    const { seats } = await rosterOf(tx, ctx, meeting)
    if (actor.id === null || !seats.some(({ personId }) => personId === actor.id)) {
      throw new DomainError('permission_denied', 'Minutes are commented on by those who sit on the board.')
    }
    if (!['draft', 'circulated'].includes(meeting.minutesState))
      throw conflict('There are no minutes to comment on now.')
    const comment = { id: newId(), organizationId, meetingId, authorId: actor.id, authorName: actor.name, text }
    await tx.boardMinutesComment.create({ data: comment })
    await audit(tx, ctx, {
      action: 'board_minutes.commented',
      subject: { kind: 'board_meeting', id: meetingId, name: meeting.title },
      after: { text },
    })
    await tellReaders(tx, ctx, meeting, {
      occasion: `comment:${comment.id}`,
      title: `${actor.name} comments on the minutes of ${meeting.title}`,
      detail: text,
    })
    await announce(tx, ctx, 'board', meetingId)
    return { id: comment.id }
  })
}

async function lockMinutes(tx: Transaction, ctx: Context, id: string): Promise<BoardMeeting> {
  const meeting = await lockMeeting(tx, ctx, id)
  await requireManager(tx, ctx)
  if (meeting.minutesState === 'approved') throw conflict('These minutes are approved. They are frozen.')
  if (meeting.minutesState === 'none') throw conflict('Minutes are drafted when the meeting is closed.')
  return meeting
}

async function tellReaders(
  tx: Transaction,
  ctx: Context,
  meeting: BoardMeeting,
  news: { occasion: string; title: string; detail: string },
): Promise<void> {
  const { seats } = await rosterOf(tx, ctx, meeting)
  const others = seats.map(({ personId }) => personId).filter(id => id !== ctx.actor.id)
  await notify(tx, ctx, others, {
    ...news,
    kind: 'board_minutes',
    occasion: `board-minutes:${meeting.id}:${news.occasion}`,
    href: `/govern/board/meetings/${meeting.id}?tab=minutes`,
  })
}
