import 'server-only'
import type { z } from 'zod'
import { nextMeeting } from '#core/board/cadence.ts'
import { Cadence } from '#core/board/charter.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import { afterId, onePage, type Page, toPage } from '#lib/platform/pagination.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { mayManage, seatOf } from './board-access.ts'
import { toCharterDto } from './charter-record.ts'
import type { BoardMemberDto, CharterDto, MeetingDto } from './dto.ts'
import { toMeetingDto } from './meeting-record.ts'
import type { ListMeetingsQuery } from './schema.ts'
import { waitingForBoard } from './waiting-for-board.ts'

/** Throws `permission_denied` unless the caller sees the whole board, not only what the board asked of them. */
export function requireWholeBoard(ctx: Context): void {
  if (requirePermission(ctx, 'board.read') === 'organization') return
  throw new DomainError('permission_denied', 'This needs the permission board.read for the whole organization.')
}

/** The charter with its members, those whose term is over or to come among them. Throws `not_found` without one. */
export function getCharter(ctx: Context): Promise<CharterDto> {
  requireWholeBoard(ctx)
  return read(ctx, async tx => {
    const charter = await readCharter(tx, ctx)
    if (!charter) throw notFound('charter of a review board')
    return charter
  })
}

async function readCharter(tx: Transaction, { organizationId }: Context): Promise<CharterDto | null> {
  const charter = await tx.boardCharter.findFirst({ where: { organizationId } })
  return charter && toCharterDto(charter, await tx.boardMember.findMany({ where: { organizationId } }))
}

export async function listMembers(ctx: Context): Promise<Page<BoardMemberDto>> {
  return onePage((await getCharter(ctx)).members)
}

export function charterHistory(ctx: Context): Promise<RecordVersionDto[]> {
  requireWholeBoard(ctx)
  return read(ctx, async tx => {
    const charter = await tx.boardCharter.findFirst({ where: { organizationId: ctx.organizationId } })
    return charter ? versionsOf(tx, ctx, { kind: 'board_charter', id: charter.id }) : []
  })
}

/** Meetings, newest first. */
export function listMeetings(ctx: Context, query: z.output<typeof ListMeetingsQuery>): Promise<Page<MeetingDto>> {
  requireWholeBoard(ctx)
  return read(ctx, async tx => {
    const rows = await tx.boardMeeting.findMany({
      where: {
        organizationId: ctx.organizationId,
        ...(query.state ? { state: query.state } : {}),
        AND: afterId(query.cursor),
      },
      include: { items: { where: { state: { not: 'withdrawn' } }, select: { state: true } } },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const dtos = rows.map(({ items, ...meeting }) =>
      toMeetingDto(meeting, {
        items: items.length,
        decisions: items.filter(({ state }) => state === 'decided').length,
      }),
    )
    return toPage(dtos, query.limit, last => last.id)
  })
}

/** What the board's page begins with. */
export interface BoardOverview {
  charter: CharterDto | null
  /** In session or next, soonest first, then what was held. */
  meetings: MeetingDto[]
  /** What waits and is on no agenda yet would be put on it; by title. */
  waiting: { kind: string; title: string }[]
  /** When the cadence calls the next one; null without a charter. */
  nextOccasion: string | null
  may: { manage: boolean; vote: boolean }
}

const ALL_MEETINGS = 50

export function boardOverview(ctx: Context): Promise<BoardOverview> {
  requireWholeBoard(ctx)
  return read(ctx, async tx => {
    const inside = { ...ctx, tx }
    const charter = await readCharter(tx, ctx)
    const { data: meetings } = await listMeetings(inside, { limit: ALL_MEETINGS })
    const next = charter && nextMeeting(Cadence.parse(charter.cadence), Date.now(), lastOf(meetings))
    const taken = await tx.boardItem.findMany({
      where: {
        organizationId: ctx.organizationId,
        state: { in: ['open', 'current', 'voting'] },
        meeting: { state: { in: ['scheduled', 'in_session'] } },
      },
      select: { subjectId: true },
    })
    const subjects = new Set(taken.map(({ subjectId }) => subjectId))
    const waiting = await waitingForBoard(tx, ctx, new Date())
    return {
      charter,
      meetings,
      waiting: waiting.filter(({ subjectId }) => !subjects.has(subjectId)).map(({ kind, title }) => ({ kind, title })),
      nextOccasion: next === null ? null : new Date(next).toISOString(),
      may: { manage: await mayManage(tx, ctx), vote: (await seatOf(tx, ctx))?.votes ?? false },
    }
  })
}

function lastOf(meetings: readonly MeetingDto[]): number | null {
  const held = meetings.filter(({ state }) => state !== 'cancelled').map(({ startsAt }) => Date.parse(startsAt))
  return held.length > 0 ? Math.max(...held) : null
}
