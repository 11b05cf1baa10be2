import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { onePage, pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { addItem } from './agenda-items.ts'
import { appointMember, changeMember } from './appoint-member.ts'
import { approveMinutes } from './approve-minutes.ts'
import { meetingCalendar } from './calendar-queries.ts'
import { cancelMeeting, changeMeeting } from './change-meeting.ts'
import { BoardMemberDto, CharterDto, MeetingDetailDto, MeetingDto } from './dto.ts'
import { circulateMinutes, commentOnMinutes, editMinutes } from './edit-minutes.ts'
import { buildAgenda } from './fill-agenda.ts'
import { attendMeeting, closeMeeting, openMeeting } from './hold-meeting.ts'
import { getMeeting } from './meeting-queries.ts'
import { charterHistory, getCharter, listMeetings, listMembers } from './queries.ts'
import { scheduleMeeting } from './schedule-meeting.ts'
import {
  AddItemInput,
  AppointMemberInput,
  ApproveMinutesInput,
  AttendInput,
  CancelMeetingInput,
  ChangeMeetingInput,
  ChangeMemberInput,
  CommentOnMinutesInput,
  EditMinutesInput,
  ListMeetingsQuery,
  ScheduleMeetingInput,
  SetCharterInput,
} from './schema.ts'
import { setCharter } from './set-charter.ts'

const Named = z.strictObject({ id: z.uuid() })
const Approved = z.strictObject({ state: z.string(), approvals: z.int(), approvalsNeeded: z.int() })
const withId = (body: unknown, params: Record<string, string>) => ({ ...(body as object), id: params.id })

/** Charter, members, meetings and minutes. */
export const boardMeetingOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/board/charter',
    summary: 'The charter of the review board',
    permission: 'board.read',
    response: CharterDto,
    run: ({ ctx }) => getCharter(ctx),
  }),
  defineOperation({
    method: 'PUT',
    path: '/board/charter',
    summary: 'Write the charter; every version is kept',
    permission: 'board.manage',
    body: SetCharterInput,
    response: CharterDto,
    run: ({ ctx, body }) => setCharter({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/charter/history',
    summary: 'What the charter was after each change, and why',
    permission: 'board.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx }) => onePage(await charterHistory(ctx)),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/members',
    summary: 'List who sits on the review board, and who did',
    permission: 'board.read',
    response: pageOf(BoardMemberDto),
    run: ({ ctx }) => listMembers(ctx),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/members',
    summary: 'Give a person a seat on the review board',
    permission: 'board.manage',
    body: AppointMemberInput,
    response: CharterDto,
    status: 201,
    run: ({ ctx, body }) => appointMember({ ctx, input: body }),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/board/members/{id}',
    summary: 'Change a seat, or end it',
    permission: 'board.manage',
    body: ChangeMemberInput.omit({ id: true }),
    response: CharterDto,
    run: ({ ctx, params, body }) => changeMember({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/meetings',
    summary: 'List meetings of the review board, newest first',
    permission: 'board.read',
    query: ListMeetingsQuery,
    response: pageOf(MeetingDto),
    run: ({ ctx, query }) => listMeetings(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings',
    summary: 'Schedule a meeting: the next of the cadence unless told otherwise',
    permission: 'board.manage',
    body: ScheduleMeetingInput,
    response: MeetingDto,
    status: 201,
    run: ({ ctx, body }) => scheduleMeeting({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/meetings/{id}',
    summary: 'One meeting with attendance, agenda, votes and minutes',
    permission: 'board.read',
    response: MeetingDetailDto,
    run: ({ ctx, params }) => getMeeting(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/board/meetings/{id}',
    summary: 'Move or rename a meeting that has not begun',
    permission: 'board.manage',
    body: ChangeMeetingInput.omit({ id: true }),
    response: MeetingDto,
    run: ({ ctx, params, body }) => changeMeeting({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/cancel',
    summary: 'Cancel a meeting with its reason',
    permission: 'board.manage',
    body: CancelMeetingInput.omit({ id: true }),
    response: MeetingDto,
    run: ({ ctx, params, body }) => cancelMeeting({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/agenda',
    summary: 'Put what waits for the board onto the agenda',
    permission: 'board.manage',
    response: MeetingDto,
    run: ({ ctx, params }) => buildAgenda({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/items',
    summary: 'Put a proposal onto the agenda',
    permission: 'board.manage',
    body: AddItemInput.omit({ id: true }),
    response: Named,
    status: 201,
    run: ({ ctx, params, body }) => addItem({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/open',
    summary: 'Begin a meeting: its seats and rules are fixed',
    permission: 'board.manage',
    response: MeetingDto,
    run: ({ ctx, params }) => openMeeting({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/close',
    summary: 'End a meeting; the minutes are drafted',
    permission: 'board.manage',
    response: MeetingDto,
    run: ({ ctx, params }) => closeMeeting({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/attendance',
    summary: 'Record that somebody comes or goes',
    permission: 'board.vote',
    body: AttendInput.omit({ id: true }),
    response: z.strictObject({ present: z.boolean() }),
    run: ({ ctx, params, body }) => attendMeeting({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'PUT',
    path: '/board/meetings/{id}/minutes',
    summary: 'Change the text of the minutes',
    permission: 'board.manage',
    body: EditMinutesInput.omit({ id: true }),
    response: MeetingDto,
    run: ({ ctx, params, body }) => editMinutes({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/minutes/circulate',
    summary: 'Circulate the minutes to those who sat on the board',
    permission: 'board.manage',
    response: MeetingDto,
    run: ({ ctx, params }) => circulateMinutes({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/minutes/comments',
    summary: 'Comment on the minutes',
    permission: 'board.vote',
    body: CommentOnMinutesInput.omit({ id: true }),
    response: Named,
    status: 201,
    run: ({ ctx, params, body }) => commentOnMinutes({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/board/meetings/{id}/minutes/approve',
    summary: 'Approve the minutes that have this digest',
    permission: 'board.vote',
    body: ApproveMinutesInput.omit({ id: true }),
    response: Approved,
    run: ({ ctx, params, body }) => approveMinutes({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'GET',
    path: '/board/meetings/{id}/calendar',
    summary: 'One meeting as an iCalendar file',
    permission: 'board.read',
    response: z.string(),
    mediaType: 'text/calendar; charset=utf-8',
    run: ({ ctx, params }) => meetingCalendar(ctx, params.id ?? ''),
  }),
]
