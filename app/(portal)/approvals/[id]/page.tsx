import type { Metadata } from 'next'
import { Page } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { getApproval } from '#lib/approvals/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ApprovalDetail } from '../_components/approval-detail.tsx'

export const metadata: Metadata = { title: 'Approval' }

export default function ApprovalPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const request = await getApproval(ctx, (await params).id)
    return (
      <Page wide={false}>
        <PageCrumb label={request.title} />
        <ApprovalDetail request={request} viewerId={ctx.actor.id} heading="h1" />
      </Page>
    )
  })
}
