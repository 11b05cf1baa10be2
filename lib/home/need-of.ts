import type { HomeItem } from './schema.ts'

/** What most needs have in common: no due time, opened by its page, and not dismissed by hand. */
export function needOf(kind: HomeItem['kind'], tone: HomeItem['tone'], href: string) {
  return { kind, tone, href, dueAt: null, action: 'Open', noticeId: null }
}
