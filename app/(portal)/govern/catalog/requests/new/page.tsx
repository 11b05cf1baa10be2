import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { requestChoices } from '#lib/model-requests/queries.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../../_components/render-page.tsx'
import { ModelRequestForm } from '../_components/model-request-form.tsx'

export const metadata: Metadata = { title: 'Ask for a model' }

export default function NewModelRequestPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'models.request')
    return (
      <Page wide={false}>
        <PageCrumb label="New" parents={[{ label: 'Requests', href: '/govern/catalog/requests' }]} />
        <PageHeader
          title="Ask for a model"
          description="The review board or an approver reads exactly this. When they agree, the model can be called within a second."
        />
        <ModelRequestForm choices={await requestChoices(ctx)} />
      </Page>
    )
  })
}
