import type { Metadata } from 'next'
import { formatDateTime } from '#components/format.ts'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { getRequest } from '#lib/requests/queries.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { RequestDetails, requestTitle } from '../_components/request-details.tsx'
import { askerText } from '../_components/request-words.ts'
import { ResultBadge } from '../_components/result-badge.tsx'

export const metadata: Metadata = { title: 'Request' }

export default function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const { id } = await params
    const request = await getRequest(ctx, id)
    return (
      <Page wide={false}>
        <PageHeader
          crumb={id.slice(-12)}
          badges={<ResultBadge request={request} />}
          title={requestTitle(request)}
          description={`${askerText(request)}${request.teamName ? `, ${request.teamName}` : ''}, ${formatDateTime(request.occurredAt)}`}
        />
        <RequestDetails ctx={ctx} request={request} />
      </Page>
    )
  })
}
