import type { Metadata } from 'next'
import { Suspense } from 'react'
import { Page } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { getApproval } from '#lib/approvals/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ApprovalDetail } from '../_components/approval-detail.tsx'
import { ConsistencyAfter } from '../_components/consistency-after.tsx'

export const metadata: Metadata = { title: 'Approval' }

export default function ApprovalPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const request = await getApproval(ctx, (await params).id)
    return (
      <Page wide={false}>
        <PageCrumb label={request.title} />
        <ApprovalDetail request={request} viewerId={ctx.actor.id} heading="h1" />
        {request.state === 'pending' ? (
          <Suspense fallback={null}>
            <ConsistencyAfter ctx={ctx} id={request.id} />
          </Suspense>
        ) : null}
      </Page>
    )
  })
}
