import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { routeChoices } from '../_components/route-choices.ts'
import { RouteForm } from '../_components/route-form.tsx'
import { EMPTY_ROUTE } from '../_components/route-form-values.ts'

export const metadata: Metadata = { title: 'New route' }

export default function NewRoutePage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'routes.manage')
    return (
      <Page>
        <PageHeader
          crumb="New route"
          title="Let gateways choose the model"
          description="Every gateway chooses by it within a second. What the catalog does not approve for the data stays out, whatever a route says."
        />
        <RouteForm initial={EMPTY_ROUTE} choices={await routeChoices(ctx)} />
      </Page>
    )
  })
}
