import { expect, test } from 'vitest'
import type { MeetingDto } from '#lib/board/dto.ts'
import { boardHeadline, meetingHeadline, meetingMoment, tallyText } from './page-words.ts'

const meeting: MeetingDto = {
  id: '01900000-0000-7000-8000-000000000000',
  number: 3,
  title: 'Review board meeting 3',
  startsAt: '2026-11-24T13:00:00.000Z',
  endsAt: '2026-11-24T14:00:00.000Z',
  timeZone: 'Europe/Amsterdam',
  location: '',
  state: 'scheduled',
  cancelReason: null,
  openedAt: null,
  closedAt: null,
  minutesState: 'none',
  items: 4,
  decisions: 0,
}
const charter = {} as NonNullable<Parameters<typeof boardHeadline>[0]['charter']>

test('the heading says what comes next, in the zone of the meeting', () => {
  expect(meetingMoment(meeting.startsAt, 'Europe/Amsterdam')).toBe('Tue, 24 Nov 2026, 14:00')
  expect(boardHeadline({ charter, meetings: [meeting] })).toContain('Tue, 24 Nov 2026, 14:00, with 4 items')
  expect(boardHeadline({ charter, meetings: [{ ...meeting, state: 'in_session' }] })).toMatch(/is in session$/)
  expect(boardHeadline({ charter, meetings: [] })).toMatch(/^No meeting/)
  expect(boardHeadline({ charter: null, meetings: [] })).toBe('There is no review board yet')
})

test('the heading of a meeting says when there is no quorum', () => {
  const quorum = { members: 5, present: 2, needed: 3, met: false }
  const live = { ...meeting, state: 'in_session' as const, agenda: [], quorum }
  expect(meetingHeadline(live)).toContain('no quorum, 2 of 3 are present')
  expect(meetingHeadline({ ...live, quorum: { ...quorum, met: true } })).toContain('everything is dealt with')
})

test('a tally leaves out what nobody did', () => {
  const tally = { for: 3, against: 1, abstain: 0, recused: 1, needed: 3, carried: true }
  expect(tallyText({ tally })).toBe('3 for, 1 against, 1 recused')
})
