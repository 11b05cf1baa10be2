import { z } from 'zod'
import { PageQuery } from '#lib/platform/pagination.ts'

export const NoticeDto = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  detail: z.string(),
  /** The page where one acts on it. */
  href: z.string(),
  dueAt: z.iso.datetime().nullable(),
  readAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
})
export type NoticeDto = z.infer<typeof NoticeDto>

export const ListNoticesQuery = PageQuery.extend({
  view: z.enum(['unread', 'all']).default('all'),
  kind: z.string().max(60).optional(),
})

export const DismissNoticeInput = z.strictObject({ id: z.uuid() })

export const MarkReadInput = z.strictObject({
  /** Without them all of one's own. */
  ids: z.array(z.uuid()).min(1).max(200).optional(),
  read: z.boolean().default(true),
})
