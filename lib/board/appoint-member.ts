import { newId } from '#core/ids.ts'
import { grantsOf } from '#core/role-grants.ts'
import { notify } from '#lib/notices/notify.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, notFound, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardCharter, BoardMember } from '#prisma/generated/client.ts'
import { requireManager } from './board-access.ts'
import { ROLE_WORDS } from './board-words.ts'
import { charterInForce, charterInWords, keepCharter, lockCharter, toCharterDto } from './charter-record.ts'
import type { CharterDto } from './dto.ts'
import { AppointMemberInput, ChangeMemberInput } from './schema.ts'

/** Gives a person a seat on the board, as a new version of the charter. There is one chair at a time. */
export async function appointMember({ ctx, input }: VerbArgs): Promise<CharterDto> {
  requirePermission(ctx, 'board.manage')
  const { personId, role, votes, startsAt, endsAt, reason } = parseInput(AppointMemberInput, input)
  return transact(ctx, async tx => {
    await requireManager(tx, ctx)
    const { organizationId } = ctx
    const person = await tx.person.findFirst({ where: { id: personId, organizationId, status: 'active' } })
    if (!person) throw notFound('person')
    if (!grantsOf(person.roles)['board.vote']) {
      throw invalid('personId', `Give ${person.name} the role Board member first: without it they could not vote.`)
    }
    return changeSeats(tx, ctx, { action: 'board_charter.member_appointed', reason }, async () => {
      const starts = startsAt ? new Date(startsAt) : new Date()
      const ends = endsAt === null ? null : new Date(endsAt)
      if (ends && ends <= starts) throw invalid('endsAt', 'The term ends after it starts.')
      await refuseSecond(tx, ctx, { personId, role })
      const term = { role, votes, startsAt: starts, endsAt: ends }
      await tx.boardMember.create({ data: { id: newId(), organizationId, personId, personName: person.name, ...term } })
      await notify(tx, ctx, [personId], {
        kind: 'board_seat',
        occasion: `board-seat:${personId}:${starts.toISOString()}`,
        title: `You are on the review board: ${ROLE_WORDS[role].toLowerCase()}`,
        detail: reason || 'The charter says what the board is for and when it meets.',
        href: '/govern/board/charter',
      })
    })
  })
}

/** Changes a seat, or ends it with `endsAt`; the person's earlier votes stay what they were. */
export async function changeMember({ ctx, input }: VerbArgs): Promise<CharterDto> {
  requirePermission(ctx, 'board.manage')
  const { id, role, votes, endsAt, reason } = parseInput(ChangeMemberInput, input)
  return transact(ctx, async tx => {
    await requireManager(tx, ctx)
    const found = await tx.boardMember.findFirst({ where: { id, organizationId: ctx.organizationId } })
    if (!found) throw notFound('board member')
    return changeSeats(tx, ctx, { action: 'board_charter.member_changed', reason }, async () => {
      if (role) await refuseSecond(tx, ctx, { personId: found.personId, role, except: id })
      await tx.boardMember.update({
        where: { id },
        data: {
          ...(role ? { role } : {}),
          ...(votes === undefined ? {} : { votes }),
          ...(endsAt === undefined ? {} : { endsAt: endsAt === null ? null : new Date(endsAt) }),
        },
      })
    })
  })
}

async function changeSeats(
  tx: Transaction,
  ctx: Context,
  change: { action: string; reason: string },
  write: () => Promise<void>,
): Promise<CharterDto> {
  await lockCharter(tx, ctx)
  const existing: BoardCharter = await charterInForce(tx, ctx)
  const before = await charterInWords(tx, ctx, existing)
  await write()
  const data = { version: existing.version + 1, updatedAt: new Date() }
  const charter = await tx.boardCharter.update({ where: { id: existing.id }, data })
  await keepCharter(tx, ctx, charter, { before, ...change })
  return toCharterDto(charter, await tx.boardMember.findMany({ where: { organizationId: ctx.organizationId } }))
}

/** One seat a person, one chair a board. */
async function refuseSecond(
  tx: Transaction,
  ctx: Context,
  seat: { personId: string; role: string; except?: string },
): Promise<void> {
  const now = new Date()
  const running = await tx.boardMember.findMany({
    where: { organizationId: ctx.organizationId, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
  })
  const others: BoardMember[] = running.filter(({ id }) => id !== seat.except)
  if (others.some(({ personId }) => personId === seat.personId)) throw conflict('This person has a seat already.')
  const chair = others.find(({ role }) => role === 'chair')
  if (seat.role === 'chair' && chair) throw conflict(`${chair.personName} chairs the board. End that first.`)
}
