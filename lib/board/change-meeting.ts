import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { lockMeeting, requireManager } from './board-access.ts'
import type { MeetingDto } from './dto.ts'
import { changeMeetingRecord, meetingDto } from './meeting-record.ts'
import { requireTimeToCome, tellOfMeeting } from './schedule-meeting.ts'
import { CancelMeetingInput, ChangeMeetingInput } from './schema.ts'

/** Moves or renames a meeting that has not begun; everybody on the board hears of it. */
export async function changeMeeting({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const { id, reason, startsAt, ...fields } = parseInput(ChangeMeetingInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockScheduled(tx, ctx, id)
    if (startsAt) requireTimeToCome(new Date(startsAt))
    const data = { ...fields, ...(startsAt ? { startsAt: new Date(startsAt) } : {}) }
    const changed = await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.changed', reason, data })
    await tellOfMeeting(tx, ctx, changed, 'has changed')
    return meetingDto(tx, changed)
  })
}

/** Cancels a meeting that has not begun, with its reason; what was on its agenda waits for the next. */
export async function cancelMeeting({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const { id, reason } = parseInput(CancelMeetingInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockScheduled(tx, ctx, id)
    const changed = await changeMeetingRecord(tx, ctx, meeting, {
      action: 'board_meeting.cancelled',
      reason,
      data: { state: 'cancelled', cancelReason: reason },
      write: () =>
        tx.boardItem.updateMany({
          where: { meetingId: id, state: 'open' },
          data: { state: 'deferred', outcome: `The meeting was cancelled: ${reason}`, closedAt: new Date() },
        }),
    })
    await tellOfMeeting(tx, ctx, changed, `is cancelled: ${reason}`)
    return meetingDto(tx, changed)
  })
}

async function lockScheduled(tx: Transaction, ctx: Context, id: string): Promise<BoardMeeting> {
  const meeting = await lockMeeting(tx, ctx, id)
  await requireManager(tx, ctx)
  if (meeting.state !== 'scheduled') throw conflict('Only a meeting that has not begun can be changed or cancelled.')
  return meeting
}
