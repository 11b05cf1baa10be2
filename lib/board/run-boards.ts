import { minutesDigest } from '#core/board/minutes.ts'
import { notify } from '#lib/notices/notify.ts'
import { type Context, systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { eachApart } from '#lib/platform/each-apart.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { seatsOf } from './board-access.ts'
import { meetingTime } from './board-words.ts'
import { scheduleMeeting } from './schedule-meeting.ts'

const DAY_MS = 86_400_000
/** Days before a meeting or a due day at which people are told, the nearest first. */
const DAYS_BEFORE = [1, 7] as const
const MINUTES_WAIT_DAYS = 7

/**
 * Does what time does to every board: schedules the next meeting of its cadence when none is planned, reminds its
 * members of meetings and of minutes to approve, and owners of their action items. Each is told once however often
 * this runs.
 */
export async function runBoards(now = new Date()): Promise<{ scheduled: number; reminded: number }> {
  const charters = await databases().system.boardCharter.findMany({ select: { organizationId: true } })
  const idOf = ({ organizationId }: (typeof charters)[number]) => organizationId
  const done = await eachApart(charters, idOf, ({ organizationId }) => {
    const ctx = systemContext(organizationId, 'review-board')
    return transact(ctx, async tx => {
      const scheduled = await scheduleNext(tx, ctx)
      const meetings = await remindOfMeetings(tx, ctx, now)
      const minutes = await remindOfMinutes(tx, ctx, now)
      return { scheduled, reminded: meetings + minutes + (await remindOwners(tx, ctx, now)) }
    })
  })
  const sum = (what: 'scheduled' | 'reminded') => done.reduce((total, one) => total + one[what], 0)
  return { scheduled: sum('scheduled'), reminded: sum('reminded') }
}

async function scheduleNext(tx: Transaction, ctx: Context): Promise<number> {
  const { organizationId } = ctx
  const planned = { organizationId, state: { in: ['scheduled', 'in_session'] } }
  if ((await tx.boardMeeting.count({ where: planned })) > 0) return 0
  if ((await seatsOf(tx, ctx)).length === 0) return 0
  await scheduleMeeting({ ctx: { ...ctx, tx }, input: {} })
  return 1
}

async function remindOfMeetings(tx: Transaction, ctx: Context, now: Date): Promise<number> {
  const horizon = new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS)
  const meetings = await tx.boardMeeting.findMany({
    where: { organizationId: ctx.organizationId, state: 'scheduled', startsAt: { gt: now, lte: horizon } },
  })
  const people = (await seatsOf(tx, ctx)).map(({ personId }) => personId)
  let told = 0
  for (const { id, title, startsAt, timeZone, location } of meetings) {
    const days = daysBefore(startsAt, now)
    told += await notify(tx, ctx, people, {
      kind: 'board_meeting',
      occasion: `board-meeting:${id}:${startsAt.toISOString()}:${days}`,
      title: `${title} is ${days === 1 ? 'within a day' : 'within a week'}`,
      detail: `${meetingTime(startsAt, timeZone)}${location ? `, ${location}` : ''}`,
      href: `/govern/board/meetings/${id}`,
      dueAt: startsAt,
    })
  }
  return told
}

async function remindOfMinutes(tx: Transaction, ctx: Context, now: Date): Promise<number> {
  const since = new Date(now.getTime() - MINUTES_WAIT_DAYS * DAY_MS)
  const waiting = await tx.boardMeeting.findMany({
    where: { organizationId: ctx.organizationId, minutesState: 'circulated', circulatedAt: { lte: since } },
    include: { stays: true, approvals: true },
  })
  let told = 0
  for (const { id, title, minutesText, circulatedAt, stays, approvals } of waiting) {
    const current = minutesDigest(minutesText)
    const done = new Set(approvals.filter(({ digest }) => digest === current).map(({ personId }) => personId))
    const people = [...new Set(stays.map(({ personId }) => personId))].filter(personId => !done.has(personId))
    told += await notify(tx, ctx, people, {
      kind: 'board_minutes',
      occasion: `board-minutes:${id}:reminder:${circulatedAt?.toISOString()}`,
      title: `The minutes of ${title} wait for your approval`,
      detail: 'They were circulated a week ago.',
      href: `/govern/board/meetings/${id}?tab=minutes`,
    })
  }
  return told
}

async function remindOwners(tx: Transaction, ctx: Context, now: Date): Promise<number> {
  const horizon = new Date(now.getTime() + Math.max(...DAYS_BEFORE) * DAY_MS)
  const due = await tx.boardActionItem.findMany({
    where: { organizationId: ctx.organizationId, state: 'open', dueAt: { lte: horizon } },
  })
  let told = 0
  for (const { id, text, ownerId, dueAt } of due) {
    const late = dueAt <= now
    const days = daysBefore(dueAt, now)
    told += await notify(tx, ctx, [ownerId], {
      kind: 'board_action_item',
      occasion: `board-action-item:${id}:${dueAt.toISOString()}:${late ? 'late' : days}`,
      title: late ? 'An action item of the board is overdue' : `Due ${days === 1 ? 'within a day' : 'within a week'}`,
      detail: text,
      href: `/govern/board/action-items?open=${id}`,
      dueAt,
    })
  }
  return told
}

function daysBefore(at: Date, now: Date): number {
  return DAYS_BEFORE.find(days => at.getTime() - now.getTime() <= days * DAY_MS) ?? Math.max(...DAYS_BEFORE)
}
