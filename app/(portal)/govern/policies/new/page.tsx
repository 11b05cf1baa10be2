import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { peopleChoices } from '../_components/choices.ts'
import { NewPolicy } from '../_components/new-policy.tsx'

export const metadata: Metadata = { title: 'New policy' }

export default function NewPolicyPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'policies.manage')
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New policy"
          title="Begin a policy"
          description="It binds nobody until Legal has reviewed it and the sponsor has ratified it."
        />
        <NewPolicy people={await peopleChoices(ctx)} />
      </Page>
    )
  })
}
