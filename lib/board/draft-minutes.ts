import { draftOf, type MinutesItem } from '#core/board/minutes.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { BoardActionItem, BoardDecision, BoardItem, BoardMeeting } from '#prisma/generated/client.ts'
import { clockTime, meetingTime, quorumText, ROLE_WORDS } from './board-words.ts'
import { QuorumDto, TallyDto, VoteDto } from './dto.ts'
import { rosterOf } from './meeting-record.ts'

type ItemWithDecision = BoardItem & { decision: (BoardDecision & { actionItems: BoardActionItem[] }) | null }

const ENDED: Record<string, string> = {
  discussed: 'Discussed without a decision.',
  deferred: 'Deferred.',
  overtaken: 'Decided elsewhere meanwhile.',
}

/** The minutes of a meeting as its records tell it: attendance, items, votes, decisions and action items. */
export async function draftMinutes(tx: Transaction, ctx: Context, meeting: BoardMeeting): Promise<string> {
  const roster = await rosterOf(tx, ctx, meeting)
  const stays = await tx.boardStay.findMany({ where: { meetingId: meeting.id }, orderBy: { arrivedAt: 'asc' } })
  const items = await tx.boardItem.findMany({
    where: { meetingId: meeting.id, state: { not: 'withdrawn' } },
    include: { decision: { include: { actionItems: true } } },
    orderBy: { position: 'asc' },
  })
  const tasks = await tx.boardActionItem.findMany({ where: { meetingId: meeting.id, kind: 'action' } })
  const clock = (at: Date | null) => clockTime(at ?? meeting.startsAt, meeting.timeZone)
  return draftOf({
    title: `Minutes: ${meeting.title}`,
    when: meetingTime(meeting.startsAt, meeting.timeZone),
    location: meeting.location,
    opened: clock(meeting.openedAt),
    closed: clock(meeting.closedAt),
    quorum: `The quorum is ${quorumText(roster.quorum)}.`,
    attendance: roster.seats.map(({ personId, name, role, votes }) => ({
      name,
      role: ROLE_WORDS[role],
      votes,
      stays: stays
        .filter(stay => stay.personId === personId)
        .map(({ arrivedAt, leftAt }) => `${clock(arrivedAt)} to ${clock(leftAt ?? meeting.closedAt)}`),
    })),
    items: items.map(itemOf),
    actionItems: tasks.map(taskOf),
  })
}

function itemOf(item: ItemWithDecision): MinutesItem {
  const { title, background, notes, decision } = item
  const ended = `${ENDED[item.state] ?? 'Not reached.'}${item.outcome ? ` ${item.outcome}` : ''}`
  if (!decision) return { title, background, notes, ended, decision: null }
  const tally = TallyDto.parse(decision.tally)
  const quorum = QuorumDto.parse(decision.quorum)
  const counted = `${tally.for} for, ${tally.against} against, ${tally.abstain} abstained, ${tally.recused} recused.`
  return {
    ...{ title, background, notes, ended },
    decision: {
      number: decision.number,
      question: decision.question,
      carried: decision.outcome === 'carried',
      tally: `${counted} ${quorum.present} of ${quorum.members} voting members took part; ${quorum.needed} were needed.`,
      votes: VoteDto.array().parse(decision.votes),
      rationale: decision.rationale,
      dissent: decision.dissent,
      conditions: decision.actionItems.map(taskOf),
    },
  }
}

function taskOf({ text, ownerName, dueAt }: BoardActionItem) {
  return { text, owner: ownerName, due: dueAt.toISOString().slice(0, 10) }
}
