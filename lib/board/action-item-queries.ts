import 'server-only'
import type { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { toActionItemDto } from './action-item-record.ts'
import type { ActionItemDto } from './dto.ts'
import type { ListActionItemsQuery } from './schema.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 7

/** Action items and conditions, newest first: all of them, or one's own without board.read for the organization. */
export function listActionItems(
  ctx: Context,
  query: z.output<typeof ListActionItemsQuery>,
): Promise<Page<ActionItemDto>> {
  const scope = requirePermission(ctx, 'board.read')
  const now = Date.now()
  const due = {
    overdue: { lt: new Date(now) },
    soon: { gte: new Date(now), lt: new Date(now + SOON_DAYS * DAY_MS) },
  }
  return read(ctx, async tx => {
    const rows = await tx.boardActionItem.findMany({
      where: {
        organizationId: ctx.organizationId,
        ...(query.state ? { state: query.state } : {}),
        ...(query.due ? { state: 'open', dueAt: due[query.due] } : {}),
        AND: [
          afterId(query.cursor),
          query.ownerId ? { ownerId: query.ownerId } : {},
          scope === 'organization' ? {} : { ownerId: ctx.actor.id ?? '' },
        ],
      },
      include: { decision: { select: { number: true } } },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    return toPage(
      rows.map(row => toActionItemDto(row, now)),
      query.limit,
      last => last.id,
    )
  })
}
