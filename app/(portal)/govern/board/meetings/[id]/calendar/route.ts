import { newId } from '#core/ids.ts'
import { meetingCalendar } from '#lib/board/calendar-queries.ts'
import { requireContext } from '#lib/platform/auth/viewer.ts'
import { DomainError, ERROR_KINDS } from '#lib/platform/errors.ts'

/** One meeting as a calendar file. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const calendar = await meetingCalendar(await requireContext(newId()), (await params).id)
    return new Response(calendar, {
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="board-meeting.ics"',
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return new Response(error.message, { status: ERROR_KINDS[error.kind].status })
  }
}
