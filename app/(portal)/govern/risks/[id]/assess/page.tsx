import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { getRisk } from '#lib/risks/get-risk.ts'
import { renderPage } from '../../../../_components/render-page.tsx'
import { peopleChoices } from '../../_components/people-choices.ts'
import { RiskForm } from '../../_components/risk-form.tsx'

export const metadata: Metadata = { title: 'Assess a risk' }

type Props = { params: Promise<{ id: string }> }

export default function AssessRiskPage({ params }: Props) {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'risks.manage')
    const risk = await getRisk(ctx, (await params).id)
    return (
      <Page wide={false}>
        <PageHeader
          crumb="Assess"
          title={`Judge “${risk.title}” anew`}
          description="Every judgement is kept. What was accepted before is not accepted any more once it is judged otherwise."
        />
        <RiskForm risk={risk} people={await peopleChoices(ctx)} />
      </Page>
    )
  })
}
