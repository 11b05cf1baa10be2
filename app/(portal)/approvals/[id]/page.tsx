import type { Metadata } from 'next'
import { Suspense } from 'react'
import { Page } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { getApproval } from '#lib/approvals/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ApprovalDetail } from '../_components/approval-detail.tsx'
import { ConsistencyAfter } from '../_components/consistency-after.tsx'

export const metadata: Metadata = { title: 'Approval' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ try?: string }> }

export default function ApprovalPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const request = await getApproval(ctx, (await params).id)
    const tries = (await searchParams).try !== undefined
    return (
      <Page wide={false}>
        <PageCrumb label={request.title} />
        <ApprovalDetail request={request} viewerId={ctx.actor.id} heading="h1" />
        {request.state === 'pending' && !tries ? (
          // Asked for, not done at every look: a trial keeps others from publishing for as long as it takes.
          <div>
            <ButtonLink href={`/approvals/${request.id}?try`} prefetch={false}>
              Try what it would break
            </ButtonLink>
          </div>
        ) : null}
        {request.state === 'pending' && tries ? (
          <Suspense fallback={<p className="text-muted text-sm">Trying it, and undoing it again …</p>}>
            <ConsistencyAfter ctx={ctx} id={request.id} />
          </Suspense>
        ) : null}
      </Page>
    )
  })
}
