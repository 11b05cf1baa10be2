import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { peopleChoices } from '../_components/people-choices.ts'
import { RiskForm } from '../_components/risk-form.tsx'

export const metadata: Metadata = { title: 'New risk' }

export default function NewRiskPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'risks.manage')
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New risk"
          title="Add a risk"
          description="Judge it twice: with nothing done about it, and with its controls working. The controls are linked next."
        />
        <RiskForm people={await peopleChoices(ctx)} />
      </Page>
    )
  })
}
