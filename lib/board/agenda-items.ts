import { newId } from '#core/ids.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardItem, BoardMeeting } from '#prisma/generated/client.ts'
import { lockItem, lockMeeting, requireManager } from './board-access.ts'
import { changeMeetingRecord } from './meeting-record.ts'
import { AddItemInput, ChangeItemInput, EndItemInput, MoveItemInput } from './schema.ts'

const OPEN = ['open', 'current', 'voting']

/** Puts a proposal onto an agenda by hand; also while the meeting is in session. */
export async function addItem({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'board.manage')
  const { id: meetingId, title, motion, ...fields } = parseInput(AddItemInput, input)
  return transact(ctx, async tx => {
    const meeting = await lockMeeting(tx, ctx, meetingId)
    await requireManager(tx, ctx)
    requireOpen(meeting)
    const last = await tx.boardItem.aggregate({ where: { meetingId }, _max: { position: true } })
    const item = {
      id: newId(),
      organizationId: ctx.organizationId,
      ...{ meetingId, title, ...fields },
      position: (last._max.position ?? 0) + 1,
      kind: 'proposal',
      motion: motion || `Shall the board adopt “${title}”?`,
    }
    const write = () => tx.boardItem.create({ data: item })
    await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.item_added', reason: title, write })
    return { id: item.id }
  })
}

/** Changes an item's words: title, background, motion and options until it is voted on, notes until the minutes are. */
export async function changeItem({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'board.manage')
  const { id, ...fields } = parseInput(ChangeItemInput, input)
  return transact(ctx, async tx => {
    const { item, meeting } = await lockManaged(tx, ctx, id)
    const { notes, ...question } = fields
    if (Object.keys(question).length > 0 && !['open', 'current'].includes(item.state)) {
      throw conflict('What is voted on stays as it was put. Only the notes can be changed now.')
    }
    if (meeting.minutesState !== 'none') throw conflict('The minutes are drafted from this. Change them instead.')
    const write = () => tx.boardItem.update({ where: { id }, data: fields })
    await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.item_changed', reason: item.title, write })
    return { id }
  })
}

/** Moves an item to a place of the agenda, counted from 1. */
export async function moveItem({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'board.manage')
  const { id, to } = parseInput(MoveItemInput, input)
  return transact(ctx, async tx => {
    const { item, meeting } = await lockManaged(tx, ctx, id)
    requireOpen(meeting)
    const write = async () => {
      const where = { meetingId: meeting.id, id: { not: id } }
      const others = await tx.boardItem.findMany({ where, orderBy: { position: 'asc' }, select: { id: true } })
      const order = others.map(other => other.id)
      order.splice(to - 1, 0, id)
      for (const [at, each] of order.entries()) {
        await tx.boardItem.update({ where: { id: each }, data: { position: at + 1 } })
      }
    }
    await changeMeetingRecord(tx, ctx, meeting, { action: 'board_meeting.item_moved', reason: item.title, write })
    return { id }
  })
}

/** Ends an item without a decision: discussed, put off to the next meeting, or withdrawn. */
export async function endItem({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'board.manage')
  const { id, as, reason } = parseInput(EndItemInput, input)
  return transact(ctx, async tx => {
    const { item, meeting } = await lockManaged(tx, ctx, id)
    requireOpen(meeting)
    if (!OPEN.includes(item.state)) throw conflict('This item has ended already.')
    if (as === 'discussed' && meeting.state !== 'in_session') throw conflict('The meeting has not begun.')
    const outcome = reason || null
    const write = () => tx.boardItem.update({ where: { id }, data: { state: as, outcome, closedAt: new Date() } })
    const action = `board_meeting.item_${as}`
    await changeMeetingRecord(tx, ctx, meeting, { action, reason: reason || item.title, write })
    return { id }
  })
}

async function lockManaged(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<{ item: BoardItem; meeting: BoardMeeting }> {
  const found = await lockItem(tx, ctx, id)
  await requireManager(tx, ctx)
  return found
}

function requireOpen({ state }: BoardMeeting): void {
  if (state !== 'scheduled' && state !== 'in_session') throw conflict('The agenda of this meeting is closed.')
}
