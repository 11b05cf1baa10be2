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
  createdAt: z.iso.datetime(),
})
export type NoticeDto = z.infer<typeof NoticeDto>

export const ListNoticesQuery = PageQuery

export const DismissNoticeInput = z.strictObject({ id: z.uuid() })
