import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { getPolicy } from '#lib/policies/queries.ts'
import { renderPage } from '../../../../_components/render-page.tsx'
import { PolicyEditor } from '../../_components/policy-editor.tsx'

export const metadata: Metadata = { title: 'Draft of a policy' }

type Props = { params: Promise<{ id: string }> }

export default function EditPolicyPage({ params }: Props) {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'policies.manage')
    const { clauseList: _, text: __, draft, ...policy } = await getPolicy(ctx, (await params).id)
    const back = (
      <ButtonLink href={`/govern/policies/${policy.id}`} variant="ghost">
        Back to the policy
      </ButtonLink>
    )
    return (
      <Page>
        <PageHeader
          crumb={`Draft of ${policy.name}`}
          title={`Draft of ${policy.name}`}
          description="Saved as you write. It binds nobody until Legal has reviewed it and the sponsor has ratified it."
          actions={back}
        />
        {draft ? <PolicyEditor key={policy.open?.id ?? 'free'} policy={policy} draft={draft} /> : null}
      </Page>
    )
  })
}
