import { newId } from '#core/ids.ts'
import { notify } from '#lib/notices/notify.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import type { BoardActionItem } from '#prisma/generated/client.ts'
import type { ActionItemDto } from './dto.ts'
import type { ActionItemState } from './schema.ts'

/** Gives people something to do by a day, and tells each. */
export async function addActionItems(
  tx: Transaction,
  ctx: Context,
  of: { meetingId: string; decisionId: string | null; kind: 'condition' | 'action' },
  wanted: readonly { text: string; dueAt: Date; owner: { id: string; name: string } }[],
): Promise<BoardActionItem[]> {
  const made: BoardActionItem[] = []
  for (const { text, dueAt, owner } of wanted) {
    const { organizationId } = ctx
    const fields = { text, dueAt, ownerId: owner.id, ownerName: owner.name }
    const item = await tx.boardActionItem.create({ data: { id: newId(), organizationId, ...of, ...fields } })
    await keepActionItem(tx, ctx, item, { before: null, action: 'board_action_item.added', reason: '' })
    await tellOwner(tx, ctx, item, 'given')
    made.push(item)
  }
  return made
}

/** Keeps an action item as it is now as a version of its record, and tells open pages. */
export async function keepActionItem(
  tx: Transaction,
  ctx: Context,
  item: BoardActionItem,
  change: { before: BoardActionItem | null; action: string; reason: string },
): Promise<void> {
  const { id, version, text } = item
  const after = inWords(item)
  await keepVersion(tx, ctx, {
    ...{ kind: 'board_action_item', id, name: text, version, document: after, after },
    before: change.before && inWords(change.before),
    action: change.action,
    reason: change.reason,
  })
  await announce(tx, ctx, 'board', item.meetingId)
}

export async function tellOwner(tx: Transaction, ctx: Context, item: BoardActionItem, occasion: string): Promise<void> {
  await notify(tx, ctx, [item.ownerId], {
    kind: 'board_action_item',
    occasion: `board-action-item:${item.id}:${item.ownerId}:${occasion}`,
    title: `${item.kind === 'condition' ? 'A condition of the board' : 'An action item of the board'} is yours`,
    detail: item.text,
    href: `/govern/board/action-items?open=${item.id}`,
    dueAt: item.dueAt,
  })
}

export function toActionItemDto(
  item: BoardActionItem & { decision: { number: string } | null },
  now = Date.now(),
): ActionItemDto {
  const { id, text, ownerId, ownerName, dueAt, evidence, closedByName, meetingId, decisionId } = item
  return {
    ...{ id, text, ownerId, ownerName, evidence, closedByName, meetingId, decisionId },
    kind: item.kind as ActionItemDto['kind'],
    state: item.state as ActionItemState,
    dueAt: dueAt.toISOString(),
    overdue: item.state === 'open' && dueAt.getTime() < now,
    closedAt: item.closedAt?.toISOString() ?? null,
    decisionNumber: item.decision?.number ?? null,
  }
}

function inWords({ text, ownerName, dueAt, state, evidence }: BoardActionItem) {
  return { text, owner: ownerName, due: dueAt.toISOString().slice(0, 10), state, evidence: evidence || null }
}
