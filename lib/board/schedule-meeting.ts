import { nextMeeting } from '#core/board/cadence.ts'
import { Cadence } from '#core/board/charter.ts'
import { newId } from '#core/ids.ts'
import { notify } from '#lib/notices/notify.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { requireManager, seatsOf } from './board-access.ts'
import { meetingTime } from './board-words.ts'
import { charterInForce, lockCharter } from './charter-record.ts'
import type { MeetingDto } from './dto.ts'
import { fillAgenda } from './fill-agenda.ts'
import { keepMeeting, meetingDto } from './meeting-record.ts'
import { ScheduleMeetingInput } from './schema.ts'

const MOST_AHEAD_MS = 3 * 366 * 86_400_000

/** Schedules a meeting: the charter's next occasion unless told otherwise. Its agenda begins with what waits. */
export async function scheduleMeeting({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const wanted = parseInput(ScheduleMeetingInput, input)
  return transact(ctx, async tx => {
    await requireManager(tx, ctx)
    // Of two who schedule at once, each gets a number of its own.
    await lockCharter(tx, ctx)
    const cadence = Cadence.parse((await charterInForce(tx, ctx)).cadence)
    const startsAt = wanted.startsAt ? new Date(wanted.startsAt) : await nextOccasion(tx, ctx, cadence)
    requireTimeToCome(startsAt)
    const { organizationId } = ctx
    const { _max } = await tx.boardMeeting.aggregate({ where: { organizationId }, _max: { number: true } })
    const number = (_max.number ?? 0) + 1
    const meeting = await tx.boardMeeting.create({
      data: {
        id: newId(),
        organizationId,
        number,
        title: wanted.title ?? `Review board meeting ${number}`,
        startsAt,
        minutes: wanted.minutes ?? cadence.minutes,
        timeZone: wanted.timeZone ?? cadence.timeZone,
        location: wanted.location,
      },
    })
    await fillAgenda(tx, ctx, meeting)
    await keepMeeting(tx, ctx, meeting, { before: null, action: 'board_meeting.scheduled', reason: '' })
    await tellOfMeeting(tx, ctx, meeting, 'is scheduled')
    return meetingDto(tx, meeting)
  })
}

/** Throws `invalid_input` unless a meeting can be held at a time: to come, and within three years. */
export function requireTimeToCome(startsAt: Date): void {
  const ahead = startsAt.getTime() - Date.now()
  if (ahead <= 0) throw invalid('startsAt', 'A meeting is held at a time to come.')
  if (ahead > MOST_AHEAD_MS) throw invalid('startsAt', 'A meeting is planned three years ahead at most.')
}

/** Tells everybody on the board what happened to a meeting. */
export async function tellOfMeeting(tx: Transaction, ctx: Context, meeting: BoardMeeting, what: string): Promise<void> {
  const people = (await seatsOf(tx, ctx)).map(({ personId }) => personId)
  await notify(
    tx,
    ctx,
    people.filter(id => id !== ctx.actor.id),
    {
      kind: 'board_meeting',
      occasion: `board-meeting:${meeting.id}:${meeting.version}`,
      title: `${meeting.title} ${what}`,
      detail: `${meetingTime(meeting.startsAt, meeting.timeZone)}${meeting.location ? `, ${meeting.location}` : ''}`,
      href: `/govern/board/meetings/${meeting.id}`,
      dueAt: meeting.state === 'scheduled' ? meeting.startsAt : null,
    },
  )
}

/** The first occasion of the cadence after now and after every meeting that is scheduled already. */
async function nextOccasion(tx: Transaction, ctx: Context, cadence: Cadence): Promise<Date> {
  const latest = await tx.boardMeeting.findFirst({
    where: { organizationId: ctx.organizationId, state: { not: 'cancelled' } },
    orderBy: { startsAt: 'desc' },
  })
  const last = latest?.startsAt.getTime() ?? null
  return new Date(nextMeeting(cadence, Math.max(Date.now(), last ?? 0), last))
}
