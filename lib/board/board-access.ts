import { BOARD_ROLES, type Seat } from '#core/board/charter.ts'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { BoardItem, BoardMeeting, BoardMember } from '#prisma/generated/client.ts'

/** The seats whose term runs at a moment: the chair first, then the secretary, then the members by name. */
export async function seatsOf(tx: Transaction, ctx: Context, at = new Date()): Promise<Seat[]> {
  const members = await tx.boardMember.findMany({
    where: {
      organizationId: ctx.organizationId,
      startsAt: { lte: at },
      OR: [{ endsAt: null }, { endsAt: { gt: at } }],
    },
  })
  return members.sort(byRole).map(({ personId, personName, role, votes }) => {
    return { personId, name: personName, role: role as Seat['role'], votes }
  })
}

export function byRole(a: BoardMember, b: BoardMember): number {
  const rank = ({ role }: BoardMember) => BOARD_ROLES.indexOf(role as Seat['role'])
  return rank(a) - rank(b) || a.personName.localeCompare(b.personName)
}

/** Whether the caller may run the board: for the whole organization, or as its secretary or chair by the charter. */
export async function mayManage(tx: Transaction, ctx: Context): Promise<boolean> {
  const scope = scopeOf(ctx.actor, 'board.manage')
  if (scope === null) return false
  if (scope === 'organization') return true
  const seat = await seatOf(tx, ctx)
  return seat !== null && seat.role !== 'member'
}

/** Throws `permission_denied` unless the caller may run the board. */
export async function requireManager(tx: Transaction, ctx: Context): Promise<void> {
  requirePermission(ctx, 'board.manage')
  if (await mayManage(tx, ctx)) return
  throw new DomainError('permission_denied', 'The board’s secretary, its chair or an administrator does this.')
}

/** The caller's seat on the board; null when the charter does not name them. */
export async function seatOf(tx: Transaction, ctx: Context): Promise<Seat | null> {
  if (ctx.actor.kind !== 'person') return null
  const { id } = ctx.actor
  return (await seatsOf(tx, ctx)).find(({ personId }) => personId === id) ?? null
}

/** A meeting, locked: what several do to it at once happens one after the other. */
export async function lockMeeting(tx: Transaction, ctx: Context, id: string): Promise<BoardMeeting> {
  await tx.$queryRaw`select 1 from board_meetings where id = ${id}::uuid for update`
  return findMeeting(tx, ctx, id)
}

export async function findMeeting(tx: Transaction, ctx: Context, id: string): Promise<BoardMeeting> {
  const meeting = await tx.boardMeeting.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!meeting) throw notFound('board meeting')
  return meeting
}

/** An item with its meeting, both locked by the meeting's lock. */
export async function lockItem(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<{ item: BoardItem; meeting: BoardMeeting }> {
  const where = { id, organizationId: ctx.organizationId }
  const found = await tx.boardItem.findFirst({ where })
  if (!found) throw notFound('agenda item')
  const meeting = await lockMeeting(tx, ctx, found.meetingId)
  return { item: await tx.boardItem.findFirstOrThrow({ where }), meeting }
}

/** An active person of the organization. Throws `not_found` for any other. */
export async function findPerson(tx: Transaction, ctx: Context, id: string): Promise<{ id: string; name: string }> {
  const where = { id, organizationId: ctx.organizationId, status: 'active' as const }
  const person = await tx.person.findFirst({ where, select: { id: true, name: true } })
  if (!person) throw notFound('person')
  return person
}
