import { Cadence, QuorumRule, type VotingRule } from '#core/board/charter.ts'
import { quorumNeeded } from '#core/board/quorum.ts'
import type { Context } from '#lib/platform/context.ts'
import { conflict } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import type { BoardCharter, BoardMember } from '#prisma/generated/client.ts'
import { byRole, seatsOf } from './board-access.ts'
import { cadenceText, memberText, quorumText, VOTING_RULE_WORDS } from './board-words.ts'
import type { CharterDto } from './dto.ts'

/** The charter in force. Throws `conflict` when the board has none yet: everything else of it rests on one. */
export async function charterInForce(tx: Transaction, ctx: Context): Promise<BoardCharter> {
  const charter = await tx.boardCharter.findFirst({ where: { organizationId: ctx.organizationId } })
  if (!charter) throw conflict('The review board has no charter yet. Write it first.')
  return charter
}

/** The charter, locked: of two who change it at once, the second changes what the first has made. */
export async function lockCharter(tx: Transaction, ctx: Context): Promise<BoardCharter | null> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('board_charter'), hashtext(${ctx.organizationId}))::text`
  return tx.boardCharter.findFirst({ where: { organizationId: ctx.organizationId } })
}

export function toCharterDto(charter: BoardCharter, members: readonly BoardMember[], now = Date.now()): CharterDto {
  const quorum = QuorumRule.parse(charter.quorum)
  const seats = [...members].sort(byRole).map(member => ({
    id: member.id,
    personId: member.personId,
    name: member.personName,
    role: member.role as CharterDto['members'][number]['role'],
    votes: member.votes,
    startsAt: member.startsAt.toISOString(),
    endsAt: member.endsAt?.toISOString() ?? null,
    inOffice: member.startsAt.getTime() <= now && (member.endsAt === null || member.endsAt.getTime() > now),
  }))
  return {
    id: charter.id,
    name: charter.name,
    purpose: charter.purpose,
    votingRule: charter.votingRule as VotingRule,
    quorum,
    cadence: Cadence.parse(charter.cadence),
    version: charter.version,
    updatedAt: charter.updatedAt.toISOString(),
    members: seats,
    quorumNeeded: quorumNeeded(quorum, seats.filter(seat => seat.inOffice && seat.votes).length),
  }
}

/** What a charter says in words, and who sits on the board by it. */
export async function charterInWords(tx: Transaction, ctx: Context, charter: BoardCharter): Promise<InWords> {
  return {
    name: charter.name,
    purpose: charter.purpose,
    voting: VOTING_RULE_WORDS[charter.votingRule as VotingRule],
    quorum: quorumText(QuorumRule.parse(charter.quorum)),
    cadence: cadenceText(Cadence.parse(charter.cadence)),
    members: (await seatsOf(tx, ctx)).map(memberText).join(', '),
  }
}

/** Keeps what the charter and its seats have become as a new version, and tells open pages. */
export async function keepCharter(
  tx: Transaction,
  ctx: Context,
  charter: BoardCharter,
  change: { before: InWords | null; action: string; reason: string },
): Promise<void> {
  const { id, name, version, purpose, votingRule, quorum, cadence } = charter
  const seats = await seatsOf(tx, ctx)
  await keepVersion(tx, ctx, {
    kind: 'board_charter',
    id,
    name,
    version,
    document: { name, purpose, votingRule, quorum, cadence, members: seats },
    after: await charterInWords(tx, ctx, charter),
    ...change,
  })
  await announce(tx, ctx, 'board', id)
}
