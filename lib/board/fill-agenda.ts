import { newId } from '#core/ids.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardMeeting } from '#prisma/generated/client.ts'
import { lockMeeting, requireManager } from './board-access.ts'
import { lockCharter } from './charter-record.ts'
import type { MeetingDto } from './dto.ts'
import { changeMeetingRecord, meetingDto } from './meeting-record.ts'
import { MeetingInput } from './schema.ts'
import { type Waiting, waitingForBoard } from './waiting-for-board.ts'

/** Puts what waits for the board onto a meeting's agenda, each thing once; what is there already stays as it is. */
export async function buildAgenda({ ctx, input }: VerbArgs): Promise<MeetingDto> {
  requirePermission(ctx, 'board.manage')
  const { id } = parseInput(MeetingInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockMeeting(tx, ctx, id)
    await requireManager(tx, ctx)
    if (!['scheduled', 'in_session'].includes(meeting.state)) throw conflict('The agenda of this meeting is closed.')
    const news = await missingFrom(tx, ctx, meeting)
    if (news.length === 0) return meetingDto(tx, meeting)
    const write = () => addWaiting(tx, ctx, meeting, news)
    const changed = await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.agenda_built', write })
    return meetingDto(tx, changed)
  })
}

/** The same for a meeting that is just being made. */
export async function fillAgenda(tx: Transaction, ctx: Context, meeting: BoardMeeting): Promise<void> {
  await addWaiting(tx, ctx, meeting, await missingFrom(tx, ctx, meeting))
}

/** What waits and is on no open agenda; deferred proposals come along. */
async function missingFrom(tx: Transaction, ctx: Context, meeting: BoardMeeting): Promise<Waiting[]> {
  // Of two agendas that are built at once, the second finds what the first has taken.
  await lockCharter(tx, ctx)
  const { organizationId } = ctx
  const taken = await tx.boardItem.findMany({
    where: {
      organizationId,
      OR: [
        { meetingId: meeting.id },
        { state: { in: ['open', 'current', 'voting'] }, meeting: { state: { in: ['scheduled', 'in_session'] } } },
      ],
    },
    select: { subjectId: true, title: true },
  })
  const subjects = new Set(taken.map(({ subjectId }) => subjectId))
  const titles = new Set(taken.map(({ title }) => title))
  const waiting = (await waitingForBoard(tx, ctx, meeting.startsAt)).filter(one => !subjects.has(one.subjectId))
  const deferred = (await deferredProposals(tx, ctx, meeting)).filter(({ title }) => !titles.has(title))
  return [...waiting, ...deferred]
}

/** Proposals that the latest meeting before put off. */
async function deferredProposals(tx: Transaction, ctx: Context, meeting: BoardMeeting): Promise<Waiting[]> {
  const before = await tx.boardMeeting.findFirst({
    where: { organizationId: ctx.organizationId, number: { lt: meeting.number }, state: { in: ['held', 'cancelled'] } },
    orderBy: { number: 'desc' },
  })
  if (!before) return []
  const items = await tx.boardItem.findMany({
    where: { meetingId: before.id, kind: 'proposal', state: 'deferred' },
    orderBy: { position: 'asc' },
  })
  return items.map(({ title, background, motion, options }) => {
    return { kind: 'proposal' as const, subjectId: '', title, background, motion, options }
  })
}

async function addWaiting(tx: Transaction, ctx: Context, meeting: BoardMeeting, news: Waiting[]): Promise<void> {
  const last = await tx.boardItem.aggregate({ where: { meetingId: meeting.id }, _max: { position: true } })
  const first = (last._max.position ?? 0) + 1
  await tx.boardItem.createMany({
    data: news.map(({ subjectId, ...item }, at) => ({
      id: newId(),
      organizationId: ctx.organizationId,
      meetingId: meeting.id,
      position: first + at,
      subjectId: subjectId === '' ? null : subjectId,
      ...item,
    })),
  })
}
