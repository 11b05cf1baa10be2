import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { exemptionChoices } from '#lib/exemptions/choices.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { ExemptionForm } from '../_components/exemption-form.tsx'

export const metadata: Metadata = { title: 'New exemption' }

type Props = { searchParams: Promise<{ model?: string }> }

export default function NewExemptionPage({ searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [choices, { model }] = await Promise.all([exemptionChoices(ctx), searchParams])
    const [team, ...others] = choices.teams
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New exemption"
          title="Ask for an exemption"
          description="It allows nothing until somebody else approves it. From then on every gateway allows it within a second, and it ends by itself."
        />
        <ExemptionForm
          choices={choices}
          given={{
            ...(team && others.length === 0 ? { target: team.value, teamId: team.value } : {}),
            ...(choices.models.some(({ value }) => value === model) && model ? { modelIds: [model] } : {}),
          }}
        />
      </Page>
    )
  })
}
