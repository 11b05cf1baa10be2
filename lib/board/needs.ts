import { minutesDigest } from '#core/board/minutes.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { seatOf } from './board-access.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 7

/** What the board waits for from the viewer: a meeting today, a vote, minutes to approve, action items to do. */
export async function boardNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (ctx.actor.kind !== 'person') return []
  const { organizationId, actor } = ctx
  const dueItems = await ownActionItems(tx, organizationId, actor.id)
  const seat = await seatOf(tx, ctx)
  if (!seat) return dueItems
  const meetings = await tx.boardMeeting.findMany({
    where: {
      organizationId,
      OR: [
        { state: 'in_session' },
        { state: 'scheduled', startsAt: { lt: new Date(Date.now() + DAY_MS) } },
        { state: 'held', minutesState: 'circulated' },
      ],
    },
    include: {
      items: { where: { state: 'voting' }, include: { votes: { where: { personId: actor.id } } } },
      stays: { where: { personId: actor.id } },
      approvals: { where: { personId: actor.id } },
    },
  })
  const needs: HomeItem[] = []
  for (const meeting of meetings) {
    const href = `/govern/board/meetings/${meeting.id}`
    const vote = meeting.items.find(({ votes }) => votes.length === 0)
    const dueAt = meeting.startsAt.toISOString()
    if (meeting.state === 'held') {
      // Who approved an earlier text has not approved what it says now.
      const approved = meeting.approvals.some(({ digest }) => digest === minutesDigest(meeting.minutesText))
      const mine = seat.votes && meeting.stays.length > 0 && !approved
      const words = { title: `Approve the minutes of ${meeting.title}`, detail: 'Circulated to those who were there.' }
      if (mine) needs.push({ ...item('board_minutes', 'info', `${href}?tab=minutes`), ...words, action: 'Read' })
    } else if (vote && seat.votes) {
      const words = { title: `Your vote is asked for: ${vote.title}`, detail: vote.motion }
      needs.push({ ...item('board_vote', 'danger', `${href}?tab=agenda`), ...words, dueAt, action: 'Vote' })
    } else {
      const title = meeting.state === 'in_session' ? `${meeting.title} is in session` : `${meeting.title} is today`
      const detail = meeting.location || 'The agenda is on its page.'
      const now = meeting.state === 'in_session' ? `${href}?tab=agenda` : href
      needs.push({ ...item('board_meeting', 'warning', now), title, detail, dueAt, action: 'Open' })
    }
  }
  return [...needs, ...dueItems]
}

async function ownActionItems(tx: Transaction, organizationId: string, ownerId: string): Promise<HomeItem[]> {
  const now = Date.now()
  const items = await tx.boardActionItem.findMany({
    where: { organizationId, ownerId, state: 'open', dueAt: { lt: new Date(now + SOON_DAYS * DAY_MS) } },
    orderBy: { dueAt: 'asc' },
    take: 20,
  })
  return items.map(({ id, text, dueAt, kind }) => {
    const late = dueAt.getTime() < now
    const what = kind === 'condition' ? 'A condition of the board' : 'An action item of the board'
    return {
      ...item('board_action_item', late ? 'danger' : 'warning', `/govern/board/action-items?open=${id}`),
      title: text,
      detail: late ? `${what} is overdue` : `${what} is due soon`,
      dueAt: dueAt.toISOString(),
      action: 'Done',
    }
  })
}

function item(kind: HomeItem['kind'], tone: HomeItem['tone'], href: string) {
  return { kind, tone, href, dueAt: null, action: 'Open', noticeId: null }
}
