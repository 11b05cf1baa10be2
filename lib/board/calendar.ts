import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { portalUrl } from '#lib/platform/addresses.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { endOf } from './meeting-record.ts'

/**
 * Meetings as an iCalendar file (RFC 5545), with times in UTC, which every calendar shows in its own zone. A meeting
 * keeps its UID; SEQUENCE grows with every change, so that an import or a feed moves or cancels what is there.
 */
export function calendarOf(name: string, meetings: readonly BoardMeeting[]): string {
  const calendar = ical({ name, prodId: { company: 'Gatehouse', product: 'Review board', language: 'EN' } })
  calendar.method(ICalCalendarMethod.PUBLISH)
  const address = portalUrl()
  for (const meeting of meetings) {
    const cancelled = meeting.state === 'cancelled'
    calendar.createEvent({
      id: `board-meeting-${meeting.id}@gatehouse`,
      sequence: meeting.version,
      stamp: meeting.createdAt,
      start: meeting.startsAt,
      end: endOf(meeting),
      summary: meeting.title,
      location: meeting.location || null,
      description: cancelled
        ? `Cancelled: ${meeting.cancelReason ?? ''}`
        : `Agenda and minutes: ${address}/govern/board`,
      url: `${address}/govern/board/meetings/${meeting.id}`,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}
