'use server'

import { action } from '#lib/platform/action.ts'
import { addActionItem, changeActionItem, closeActionItem } from './action-items.ts'
import { addItem, changeItem, endItem, moveItem } from './agenda-items.ts'
import { appointMember, changeMember } from './appoint-member.ts'
import { approveMinutes } from './approve-minutes.ts'
import { makeCalendarLink } from './calendar-link.ts'
import { cancelMeeting, changeMeeting } from './change-meeting.ts'
import { decideItem } from './decide-item.ts'
import { circulateMinutes, commentOnMinutes, editMinutes } from './edit-minutes.ts'
import { buildAgenda } from './fill-agenda.ts'
import { attendMeeting, closeMeeting, openMeeting } from './hold-meeting.ts'
import { scheduleMeeting } from './schedule-meeting.ts'
import { setCharter } from './set-charter.ts'
import { putMotion, takeUpItem, voteOnItem } from './vote-on-item.ts'

export const setCharterAction = action(setCharter)
export const appointMemberAction = action(appointMember)
export const changeMemberAction = action(changeMember)
export const scheduleMeetingAction = action(scheduleMeeting)
export const changeMeetingAction = action(changeMeeting)
export const cancelMeetingAction = action(cancelMeeting)
export const makeCalendarLinkAction = action(makeCalendarLink)
export const buildAgendaAction = action(buildAgenda)
export const addItemAction = action(addItem)
export const changeItemAction = action(changeItem)
export const moveItemAction = action(moveItem)
export const endItemAction = action(endItem)
export const openMeetingAction = action(openMeeting)
export const closeMeetingAction = action(closeMeeting)
export const attendMeetingAction = action(attendMeeting)
export const takeUpItemAction = action(takeUpItem)
export const putMotionAction = action(putMotion)
export const voteOnItemAction = action(voteOnItem)
export const decideItemAction = action(decideItem)
export const editMinutesAction = action(editMinutes)
export const circulateMinutesAction = action(circulateMinutes)
export const commentOnMinutesAction = action(commentOnMinutes)
export const approveMinutesAction = action(approveMinutes)
export const addActionItemAction = action(addActionItem)
export const closeActionItemAction = action(closeActionItem)
export const changeActionItemAction = action(changeActionItem)
