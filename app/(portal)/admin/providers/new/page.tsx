import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { AddProvider } from '../_components/add-provider.tsx'

export const metadata: Metadata = { title: 'Add a provider' }

export default function NewProviderPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'providers.manage')
    return (
      <Page wide={false} className="max-w-5xl">
        <PageHeader
          crumb="Add a provider"
          title="Add a provider"
          description="Gateways know it within a second. It is called once models of it are in the catalog."
        />
        <AddProvider />
      </Page>
    )
  })
}
