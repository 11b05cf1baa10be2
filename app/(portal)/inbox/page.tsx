import { Inbox, Settings2 } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { newsTitle } from '#lib/notices/news-kinds.ts'
import { countNotices, listNotices, noticeKinds } from '#lib/notices/queries.ts'
import { ListNoticesQuery } from '#lib/notices/schema.ts'
import { renderPage } from '../_components/render-page.tsx'
import { KindFilter } from './_components/kind-filter.tsx'
import { NoticeList } from './_components/notice-list.tsx'
import { ReadAll } from './_components/read-all.tsx'

export const metadata: Metadata = { title: 'Inbox' }

type Props = { searchParams: Promise<{ view?: string; kind?: string; cursor?: string }> }

export default function InboxPage({ searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const asked = await searchParams
    const view = asked.view === 'all' ? 'all' : 'unread'
    const query = ListNoticesQuery.safeParse({ ...asked, view })
    const [{ data, nextCursor }, unread, kinds] = await Promise.all([
      listNotices(ctx, query.success ? query.data : ListNoticesQuery.parse({ view })),
      countNotices(ctx),
      noticeKinds(ctx),
    ])
    const hrefOf = (change: Record<string, string | undefined>) => {
      const next = { view, kind: asked.kind, ...change }
      return `/inbox?${new URLSearchParams(Object.entries(next).flatMap(([key, value]) => (value ? [[key, value]] : [])))}`
    }
    return (
      <Page wide={false}>
        <LiveRefresh topics={['notices']} />
        <PageHeader
          title={unread === 0 ? 'Nothing unread' : `${formatCount(unread, 'notice')} unread`}
          description="What you were told, newest first. What waits for you stands on Home by its due time."
          actions={
            <>
              {unread > 0 ? <ReadAll /> : null}
              <ButtonLink href="/settings/notifications" size="sm">
                <Settings2 aria-hidden />
                What I hear
              </ButtonLink>
            </>
          }
        />
        <TabLinks
          label="Notices"
          current={view === 'all' ? '/inbox?view=all' : '/inbox?view=unread'}
          items={[
            { href: '/inbox?view=unread', label: 'Unread', count: unread },
            { href: '/inbox?view=all', label: 'All' },
          ]}
        />
        {kinds.length > 1 ? (
          <KindFilter
            kinds={kinds.map(kind => ({ value: kind, label: newsTitle(kind) }))}
            kind={asked.kind ?? null}
            view={view}
          />
        ) : null}
        {data.length === 0 ? (
          <EmptyState
            icon={<Inbox />}
            title={view === 'unread' ? 'You have read everything' : 'Nobody has told you anything yet'}
            description="Requests that wait for you, decisions about what you asked for, and what expires or fails come here, and further by e-mail or Slack if you want."
          />
        ) : (
          <NoticeList notices={data} />
        )}
        {nextCursor ? (
          <ButtonLink className="self-start" href={hrefOf({ cursor: nextCursor })}>
            Older notices
          </ButtonLink>
        ) : null}
      </Page>
    )
  })
}
