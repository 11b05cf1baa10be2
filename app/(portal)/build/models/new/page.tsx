import { Plug } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { decidesAlone } from '#lib/models/decides-alone.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { equivalentChoices } from '../_components/equivalent-choices.ts'
import { ModelForm } from '../_components/model-form.tsx'
import { emptyModelForm } from '../_components/model-form-values.ts'
import { peopleChoices } from '../_components/people-choices.ts'
import { providerChoices } from '../_components/provider-choices.ts'

export const metadata: Metadata = { title: 'Add model' }

export default function NewModelPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'models.manage')
    const [providers, equivalents, people, approvesAlone] = await Promise.all([
      providerChoices(ctx),
      equivalentChoices(ctx),
      peopleChoices(ctx),
      decidesAlone(ctx),
    ])
    const [first] = providers
    return (
      <Page wide={false}>
        <PageHeader
          crumb="Add model"
          title="Add a model to the catalog"
          description={
            approvesAlone
              ? 'It can be called as soon as every gateway has it, within a second.'
              : 'It is proposed at first: ask for its approval on its page, and others decide.'
          }
        />
        {first ? (
          <ModelForm
            initial={emptyModelForm(first.id)}
            providers={providers}
            equivalents={equivalents}
            people={people}
            approvesAlone={approvesAlone}
          />
        ) : (
          <EmptyState
            icon={<Plug />}
            title="A model needs a provider that serves it"
            action={<ButtonLink href="/admin/providers">Add a provider</ButtonLink>}
          />
        )}
      </Page>
    )
  })
}
