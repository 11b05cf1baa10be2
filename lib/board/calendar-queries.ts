import 'server-only'
import { isId } from '#core/ids.ts'
import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { findMeeting } from './board-access.ts'
import { calendarOf } from './calendar.ts'
import { requireWholeBoard } from './queries.ts'

/** One meeting as a calendar file; a cancelled one takes itself out of the calendar. */
export function meetingCalendar(ctx: Context, id: string): Promise<string> {
  requireWholeBoard(ctx)
  if (!isId(id)) throw notFound('board meeting')
  return read(ctx, async tx => {
    const meeting = await findMeeting(tx, ctx, id)
    return calendarOf(meeting.title, [meeting])
  })
}
