import 'server-only'
import type { z } from 'zod'
import type { Context } from '#lib/platform/context.ts'
import { afterId, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { ListNoticesQuery, NoticeDto } from './schema.ts'

/** The person's own notices that they have not dismissed, newest first; none for a caller that is no person. */
export function listNotices(ctx: Context, query: z.output<typeof ListNoticesQuery>): Promise<Page<NoticeDto>> {
  if (ctx.actor.kind !== 'person') return Promise.resolve({ data: [], nextCursor: null })
  const mine = {
    ...{ organizationId: ctx.organizationId, personId: ctx.actor.id, dismissedAt: null },
    ...(query.view === 'unread' ? { readAt: null } : {}),
    ...(query.kind ? { kind: query.kind } : {}),
  }
  return read(ctx, async tx => {
    const rows = await tx.notice.findMany({
      where: { ...mine, ...afterId(query.cursor) },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    const data = page.data.map(({ id, kind, title, detail, href, dueAt, readAt, createdAt }) => ({
      ...{ id, kind, title, detail, href },
      dueAt: dueAt?.toISOString() ?? null,
      readAt: readAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    }))
    return { ...page, data }
  })
}

/** How many notices the person has neither read nor dismissed. */
export function countNotices(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'person') return Promise.resolve(0)
  const mine = { organizationId: ctx.organizationId, personId: ctx.actor.id, dismissedAt: null }
  return read(ctx, tx => tx.notice.count({ where: { ...mine, readAt: null } }))
}

/** The kinds that the person's notices are of, for a filter. */
export function noticeKinds(ctx: Context): Promise<string[]> {
  if (ctx.actor.kind !== 'person') return Promise.resolve([])
  const mine = { organizationId: ctx.organizationId, personId: ctx.actor.id, dismissedAt: null }
  return read(ctx, async tx => {
    const kinds = await tx.notice.groupBy({ by: ['kind'], where: mine, orderBy: { kind: 'asc' } })
    return kinds.map(({ kind }) => kind)
  })
}
