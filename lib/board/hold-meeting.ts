import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockMeeting, requireManager } from './board-access.ts'
import { draftMinutes } from './draft-minutes.ts'
import type { MeetingDto } from './dto.ts'
import { changeMeetingRecord, meetingDto, rosterOf } from './meeting-record.ts'
import { AttendInput, MeetingInput } from './schema.ts'

/** Begins a meeting: from now on its seats and rules are those of the charter at this moment. */
export async function openMeeting({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const { id } = parseInput(MeetingInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockMeeting(tx, ctx, id)
    await requireManager(tx, ctx)
    if (meeting.state !== 'scheduled') throw conflict('This meeting has begun already, or does not take place.')
    const data = { state: 'in_session', openedAt: new Date(), roster: await rosterOf(tx, ctx, meeting) }
    const changed = await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.opened', data })
    return meetingDto(tx, changed)
  })
}

/** Ends a meeting: what was not reached is put off, everybody leaves, and the minutes are drafted from what happened. */
export async function closeMeeting({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const { id } = parseInput(MeetingInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockMeeting(tx, ctx, id)
    await requireManager(tx, ctx)
    if (meeting.state !== 'in_session') throw conflict('This meeting is not in session.')
    const voting = await tx.boardItem.findFirst({ where: { meetingId: id, state: 'voting' } })
    if (voting) throw conflict(`“${voting.title}” is being voted on. Record the decision or put it off first.`)
    const closedAt = new Date()
    const write = async () => {
      await tx.boardItem.updateMany({
        where: { meetingId: id, state: { in: ['open', 'current'] } },
        data: { state: 'deferred', outcome: 'Not reached', closedAt },
      })
      await tx.boardStay.updateMany({ where: { meetingId: id, leftAt: null }, data: { leftAt: closedAt } })
    }
    const data = { state: 'held', closedAt }
    const closed = await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.closed', data, write })
    const minutes = { minutesState: 'draft', minutesText: await draftMinutes(tx, ctx, closed) }
    const drafted = await changeMeetingRecord(tx, ctx, closed, { action: 'board_minutes.drafted', data: minutes })
    return meetingDto(tx, drafted)
  })
}

/** Somebody of the board comes or goes: oneself, or another as the secretary sees it. Saying it twice changes nothing. */
export async function attendMeeting({ ctx, input }: VerbArgs): Promise<{ present: boolean }> {
  const wanted = parseInput(AttendInput, input)
  const personId = wanted.personId ?? ctx.actor.id
  const own = personId === ctx.actor.id
  requirePermission(ctx, own ? 'board.vote' : 'board.manage')
  return transact(ctx, async tx => {
    const meeting = await lockMeeting(tx, ctx, wanted.id)
    if (!own) await requireManager(tx, ctx)
    if (meeting.state !== 'in_session') throw conflict('This meeting is not in session.')
    const seat = (await rosterOf(tx, ctx, meeting)).seats.find(one => one.personId === personId)
    if (!seat && own) throw new DomainError('permission_denied', 'Only who has a seat on the board attends.')
    if (!seat) throw notFound('board member')
    const where = { meetingId: meeting.id, personId: seat.personId, leftAt: null }
    const here = (await tx.boardStay.count({ where })) > 0
    if (here === wanted.present) return { present: here }
    const { organizationId } = ctx
    const stay = { personId: seat.personId, personName: seat.name, arrivedAt: new Date() }
    if (here) await tx.boardStay.updateMany({ where, data: { leftAt: new Date() } })
    else await tx.boardStay.create({ data: { id: newId(), organizationId, meetingId: meeting.id, ...stay } })
    await audit(tx, ctx, {
      action: wanted.present ? 'board_meeting.arrived' : 'board_meeting.left',
      subject: { kind: 'board_meeting', id: meeting.id, name: meeting.title },
      after: { person: seat.name },
    })
    await announce(tx, ctx, 'board', meeting.id)
    return { present: wanted.present }
  })
}
