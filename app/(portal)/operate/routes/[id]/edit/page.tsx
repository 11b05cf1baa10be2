import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { getRoute } from '#lib/routes/queries.ts'
import { renderPage } from '../../../../_components/render-page.tsx'
import { routeChoices } from '../../_components/route-choices.ts'
import { RouteForm } from '../../_components/route-form.tsx'
import { routeFormOf } from '../../_components/route-form-values.ts'
import { coversText } from '../../_components/route-words.ts'

export const metadata: Metadata = { title: 'Edit route' }

export default function EditRoutePage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'routes.manage')
    const route = await getRoute(ctx, (await params).id)
    const parent = { label: route.name, href: `/operate/routes/${route.id}` }
    return (
      <Page>
        <PageCrumb label="Edit" parents={[parent]} />
        <PageHeader
          title={`How ${route.name} chooses`}
          description={`It decides for ${coversText(route)}. Each change is a version with its author and reason; gateways follow within a second.`}
        />
        <RouteForm id={route.id} initial={routeFormOf(route)} choices={await routeChoices(ctx)} />
      </Page>
    )
  })
}
