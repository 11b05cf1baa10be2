import { type Context, requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, notFound, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import type { BoardActionItem } from '#prisma/generated/client.ts'
import { addActionItems, keepActionItem, tellOwner, toActionItemDto } from './action-item-record.ts'
import { findMeeting, findPerson, mayManage, requireManager } from './board-access.ts'
import type { ActionItemDto } from './dto.ts'
import { AddActionItemInput, ChangeActionItemInput, CloseActionItemInput } from './schema.ts'

/** Gives somebody a task that came up at a meeting. */
export async function addActionItem({ ctx, input }: VerbArgs): Promise<ActionItemDto> {
  requirePermission(ctx, 'board.manage')
  const { meetingId, text, ownerId, dueAt } = parseInput(AddActionItemInput, input)
  return transact(ctx, async tx => {
    await findMeeting(tx, ctx, meetingId)
    await requireManager(tx, ctx)
    const owner = await findPerson(tx, ctx, ownerId)
    const of = { meetingId, decisionId: null, kind: 'action' as const }
    const [item] = await addActionItems(tx, ctx, of, [{ text, dueAt: new Date(dueAt), owner }])
    if (!item) throw new Error('what was added is there')
    return toActionItemDto({ ...item, decision: null })
  })
}

/** Says what shows that an action item is done, or why it is not needed any more: its owner, or who runs the board. */
export async function closeActionItem({ ctx, input }: VerbArgs): Promise<ActionItemDto> {
  requirePermission(ctx, 'board.read')
  const { id, as, evidence } = parseInput(CloseActionItemInput, input)
  return transact(ctx, async tx => {
    const item = await lockActionItem(tx, ctx, id)
    const manages = await mayManage(tx, ctx)
    if (!manages && item.ownerId !== ctx.actor.id) {
      throw new DomainError('permission_denied', `${item.ownerName} says when this is done, or the board’s secretary.`)
    }
    if (as === 'cancelled' && !manages) {
      throw new DomainError('permission_denied', 'Only who runs the board decides that this is not needed any more.')
    }
    const closed = { state: as, evidence, closedAt: new Date(), closedByName: ctx.actor.name }
    return write(tx, ctx, item, closed, { action: `board_action_item.${as}`, reason: evidence })
  })
}

/** Gives an action item to somebody else, or more time, with the reason. */
export async function changeActionItem({ ctx, input }: VerbArgs): Promise<ActionItemDto> {
  requirePermission(ctx, 'board.manage')
  const { id, ownerId, dueAt, reason } = parseInput(ChangeActionItemInput, input)
  return transact(ctx, async tx => {
    const item = await lockActionItem(tx, ctx, id)
    await requireManager(tx, ctx)
    const owner = ownerId ? await findPerson(tx, ctx, ownerId) : null
    const fields = {
      ...(owner ? { ownerId: owner.id, ownerName: owner.name } : {}),
      ...(dueAt ? { dueAt: new Date(dueAt) } : {}),
    }
    const changed = await write(tx, ctx, item, fields, { action: 'board_action_item.changed', reason })
    if (owner) await tellOwner(tx, ctx, { ...item, ownerId: owner.id }, `given-${item.version + 1}`)
    return changed
  })
}

async function lockActionItem(tx: Transaction, ctx: Context, id: string): Promise<BoardActionItem> {
  await tx.$queryRaw`select 1 from board_action_items where id = ${id}::uuid for update`
  const item = await tx.boardActionItem.findFirst({ where: { id, organizationId: ctx.organizationId } })
  // Others than the board hear only of what is theirs.
  const mine = item?.ownerId === ctx.actor.id
  if (!item || (!mine && scopeOf(ctx.actor, 'board.read') !== 'organization')) throw notFound('action item')
  if (item.state !== 'open') throw conflict(`This is ${item.state} already.`)
  return item
}

async function write(
  tx: Transaction,
  ctx: Context,
  before: BoardActionItem,
  fields: Partial<BoardActionItem>,
  change: { action: string; reason: string },
): Promise<ActionItemDto> {
  const after = await tx.boardActionItem.update({
    where: { id: before.id },
    data: { ...fields, version: before.version + 1 },
    include: { decision: { select: { number: true } } },
  })
  await keepActionItem(tx, ctx, after, { before, ...change })
  return toActionItemDto(after)
}
