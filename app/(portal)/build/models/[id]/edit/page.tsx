import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { getModel } from '#lib/models/queries.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../../_components/render-page.tsx'
import { equivalentChoices } from '../../_components/equivalent-choices.ts'
import { ModelForm } from '../../_components/model-form.tsx'
import { modelFormOf } from '../../_components/model-form-values.ts'
import { peopleChoices } from '../../_components/people-choices.ts'

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
          description="Prices are added on the model's page, its lifecycle and whom it is for on its page in the catalog."
        />
        <ModelForm
          id={model.id}
          initial={modelFormOf(model)}
          equivalents={await equivalentChoices(ctx, model.id)}
          people={await peopleChoices(ctx)}
        />
      </Page>
    )
  })
}
