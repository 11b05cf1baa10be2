import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { getModel } from '#lib/models/queries.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../../_components/render-page.tsx'
import { equivalentChoices } from '../../_components/equivalent-choices.ts'
import { ModelForm } from '../../_components/model-form.tsx'
import { modelFormOf } from '../../_components/model-form-values.ts'

export const metadata: Metadata = { title: 'Edit model' }

export default function EditModelPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'models.manage')
    const model = await getModel(ctx, (await params).id)
    const parent = { label: model.identifier, href: `/build/models/${model.id}` }
    return (
      <Page wide={false}>
        <PageCrumb label="Edit" parents={[parent]} />
        <PageHeader
          title={`What is known of ${model.displayName}`}
          description="Price and lifecycle have their own buttons on the model's page, since they are kept over time."
        />
        <ModelForm id={model.id} initial={modelFormOf(model)} equivalents={await equivalentChoices(ctx, model.id)} />
      </Page>
    )
  })
}
