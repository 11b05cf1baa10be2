import { calendarFeed } from '#lib/board/calendar-link.ts'

export const dynamic = 'force-dynamic'

/** The board's meetings for a calendar that subscribes by its person's secret address. */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const calendar = await calendarFeed((await params).token.replace(/\.ics$/, ''))
  if (calendar === null) return new Response('There is no such calendar.', { status: 404 })
  const headers = { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(calendar, { headers })
}
