import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { decidesAlone } from '#lib/models/decides-alone.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { providerChoices } from '../_components/provider-choices.ts'
import { ImportPrices } from './_components/import-prices.tsx'
import { ImportShipped } from './_components/import-shipped.tsx'

export const metadata: Metadata = { title: 'Import models and prices' }

export default function ImportPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'models.manage')
    const [providers, approvesAlone] = await Promise.all([providerChoices(ctx), decidesAlone(ctx)])
    return (
      <Page wide={false}>
        <PageHeader
          crumb="Import"
          title="Import models and prices"
          description="Nothing is overwritten: models that are there stay, and a price is only followed by another."
        />
        <Section
          title="Models of a provider"
          description="The list that comes with this release, with list prices, their source and date."
        >
          <ImportShipped providers={providers} approvesAlone={approvesAlone} />
        </Section>
        <Section
          title="Prices from a file"
          description="A price file in LiteLLM's public JSON form. You see what would change before anything does."
        >
          <ImportPrices providers={providers} />
        </Section>
      </Page>
    )
  })
}
