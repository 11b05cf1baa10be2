import { Inbox, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { listModelRequests } from '#lib/model-requests/queries.ts'
import { ListModelRequestsQuery } from '#lib/model-requests/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { CatalogTabs } from '../_components/catalog-tabs.tsx'
import { openRequests } from '../_components/open-requests.ts'
import { RequestsTable } from './_components/requests-table.tsx'

export const metadata: Metadata = { title: 'Model requests' }

type Search = Record<string, string | string[] | undefined>

export default function ModelRequestsPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const { search, cursor, filters } = tableQueryOf(await searchParams, { filters: ['state'] })
    const query = ListModelRequestsQuery.safeParse({
      search: search || undefined,
      cursor: cursor ?? undefined,
      state: filters.state?.[0],
    })
    const [requests, open] = await Promise.all([
      listModelRequests(ctx, query.success ? query.data : ListModelRequestsQuery.parse({})),
      openRequests(ctx),
    ])
    const ask = scopeOf(ctx.actor, 'models.request') ? (
      <ButtonLink href="/govern/catalog/requests/new" variant="primary">
        <Plus aria-hidden />
        Ask for a model
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['approvals', 'config']} />
        <PageHeader
          crumb="Requests"
          title={
            open > 0
              ? `${formatCount(open, 'request')} for models ${open === 1 ? 'waits' : 'wait'}`
              : 'No request for a model waits'
          }
          description="Whoever builds may ask. The review board or an approver decides; what they grant is in the catalog at once."
          actions={ask}
        />
        <CatalogTabs open={open} />
        <RequestsTable
          requests={requests.data}
          nextCursor={requests.nextCursor}
          empty={
            <EmptyState
              icon={<Inbox />}
              title="Nobody has asked for a model yet"
              description="A request says what the model is for, what data it would see and what was considered instead."
              action={ask}
            />
          }
        />
      </Page>
    )
  })
}
