import { type Quorum, quorumOf } from '#core/board/quorum.ts'
import { type BoardVote, type Tally, tallyVotes } from '#core/board/tally.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { BoardItem, BoardMeeting, BoardVote as VoteRow } from '#prisma/generated/client.ts'
import type { VoteDto } from './dto.ts'
import { type Roster, rosterOf } from './meeting-record.ts'

export interface Standing {
  readonly votes: VoteDto[]
  readonly tally: Tally
  readonly quorum: Quorum
  readonly votingRule: Roster['votingRule']
}

/** How an item stands by the votes cast and by who is present, those recused from it left out. */
export function standingBy(roster: Roster, cast: readonly VoteRow[], presentIds: ReadonlySet<string>): Standing {
  const recused = new Set(cast.filter(({ vote }) => vote === 'recused').map(({ personId }) => personId))
  const votes = cast.map(({ personId, personName: name, vote, reason, recordedById, recordedByName }) => {
    const recordedBy = recordedById === personId ? null : recordedByName
    return { personId, name, vote: vote as BoardVote, reason, recordedBy }
  })
  return {
    votes,
    tally: tallyVotes(
      roster.votingRule,
      votes.map(({ vote }) => vote),
    ),
    quorum: quorumOf(roster.quorum, roster.seats, presentIds, recused),
    votingRule: roster.votingRule,
  }
}

/** The standing of an item that a decision can be recorded on. Throws `conflict` without a quorum or without a vote. */
export async function decidableStanding(
  tx: Transaction,
  ctx: Context,
  meeting: BoardMeeting,
  item: BoardItem,
): Promise<Standing> {
  const cast = await tx.boardVote.findMany({ where: { itemId: item.id }, orderBy: { createdAt: 'asc' } })
  const stays = await tx.boardStay.findMany({ where: { meetingId: meeting.id, leftAt: null } })
  const presentIds = new Set(stays.map(({ personId }) => personId))
  const standing = standingBy(await rosterOf(tx, ctx, meeting), cast, presentIds)
  const { quorum, tally } = standing
  if (!quorum.met) {
    throw conflict(`There is no quorum: ${quorum.present} of ${quorum.needed} voting members are present for this.`)
  }
  if (tally.for + tally.against === 0) throw conflict('Nobody has voted for or against yet.')
  return standing
}
